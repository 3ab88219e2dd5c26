package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.provenance.TrainingStack;
import normlab.testkit.InMemoryArtifactStore;
import org.junit.jupiter.api.Test;

class ClusterTrainingStackTest {
    private final ArtifactStore store = new InMemoryArtifactStore();
    private final TrainingStack own = stack("cpu-amd64-AuthenticAMD-25.1-avx2");
    private final TrainingStack gpu = stack("cuda-NVIDIA_H100-9.0");

    @Test
    void withoutAWishACoordinatorPlansForWhatItHasItself() {
        ClusterTrainingStack.announce(store, gpu);
        assertThat(wanted(Optional.empty())).isEqualTo(own);
    }

    @Test
    void trialsForAGpuArePlannedForWhatItsWorkerHasAnnounced() {
        ClusterTrainingStack.announce(store, own);
        ClusterTrainingStack.announce(store, gpu);
        assertThat(wanted(Optional.of("cuda"))).isEqualTo(gpu);
    }

    @Test
    void aDeviceThatNobodyHasAnnouncedIsSaidWithTheVariable() {
        assertThatThrownBy(() -> wanted(Optional.of("cuda")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("[NORMLAB_TRAIN_ON]")
                .hasMessageContaining("none: start a worker on it");
    }

    @Test
    void aBeginningOfTwoDeviceClassesIsRefusedWithBoth() {
        ClusterTrainingStack.announce(store, gpu);
        ClusterTrainingStack.announce(store, stack("cuda-NVIDIA_H200-9.0"));
        assertThatThrownBy(() -> wanted(Optional.of("cuda")))
                .hasMessageContaining("H100")
                .hasMessageContaining("H200");
    }

    private TrainingStack wanted(Optional<String> beginning) {
        return new ClusterTrainingStack(store, own, beginning).get();
    }

    private static TrainingStack stack(String deviceClass) {
        return new TrainingStack("digest", "0.35.1", "2.7.1", deviceClass, 1);
    }
}
