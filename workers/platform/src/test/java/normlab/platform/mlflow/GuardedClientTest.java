package normlab.platform.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowClientVersion;

class GuardedClientTest {
    @Test
    void theClientIsTheVersionWhosePrivateFieldsAreKnown() {
        assertThat(MlflowClientVersion.getClientVersion())
                .as("look at the fields of the new version, then change GuardedClient.VERSION")
                .isEqualTo(GuardedClient.VERSION);
        URI nobody = URI.create("http://127.0.0.1:9");
        try (MlflowClient client = GuardedClient.open(new MlflowServer(nobody, nobody, Optional.empty()))) {
            assertThat(client).isNotNull();
        }
    }

    @Test
    void aClientWithOtherFieldsIsRefusedWithTheVersionToSet() {
        assertThatThrownBy(() -> GuardedClient.field(MlflowClient.class, "http", Object.class))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("org.mlflow.tracking.MlflowClient.http")
                .hasMessageContaining("set dep.mlflow-client in pom.xml to 2.17.2");
        assertThatThrownBy(() -> GuardedClient.field(MlflowClient.class, "httpCaller", String.class))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
