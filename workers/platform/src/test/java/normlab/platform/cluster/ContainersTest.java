package normlab.platform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a container may do and shows of itself. */
@Tag("containers")
class ContainersTest {
    @RegisterExtension
    static final ClusterExtension CLUSTER = new ClusterExtension();

    @Test
    void nobodyInAContainerHasRights() {
        assertThat(CLUSTER.containers()).hasSize(6).allSatisfy(container -> {
            assertThat(container.getConfig().getUser()).isEqualTo("normlab");
            assertThat(container.getHostConfig().getReadonlyRootfs()).isTrue();
            assertThat(container.getHostConfig().getCapDrop())
                    .extracting(Enum::name)
                    .containsExactly("ALL");
            assertThat(container.getHostConfig().getSecurityOpts()).containsExactly("no-new-privileges:true");
            assertThat(container.getHostConfig().getMemory()).isPositive();
        });
    }

    @Test
    void onlyTheGatewayIsReachedFromOutsideAndOnLoopback() {
        assertThat(CLUSTER.containers())
                .flatExtracting(container -> container
                        .getHostConfig()
                        .getPortBindings()
                        .getBindings()
                        .entrySet())
                .flatExtracting(binding -> List.of(binding.getValue()))
                .extracting(Ports.Binding::getHostIp)
                .hasSize(3)
                .containsOnly("127.0.0.1");
    }

    /** Neither to {@code docker inspect} nor in a process, an image, a log, a database or an object. */
    @Test
    void noContainerShowsASecret() throws IOException, InterruptedException {
        Process scan = CLUSTER.scanForSecrets();
        String found = new String(scan.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(scan.waitFor()).as(found).isZero();
        assertThat(found).contains("conductor-2", "gateway-1", "mlflow-1", "postgres-1", "s3-1");
    }
}
