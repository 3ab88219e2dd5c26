package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import normlab.learning.HostMemory;
import normlab.learning.data.DeviceDatasets;
import normlab.testkit.TinyDataset;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void noArrayOfAnEpochOutlivesIt() throws Exception {
        TinyTrials trials = new TinyTrials();
        try (DeviceDatasets datasets = new DeviceDatasets(trials.store());
                Trainer trainer = new Trainer(
                        datasets.device(),
                        trials.archive(trials.trial("trials/flat").trial().prefix())
                                .identity(),
                        datasets.get(TinyDataset.SPEC.name(), TinyDataset.FINGERPRINT),
                        Clock.systemUTC())) {
            List<Integer> after = new ArrayList<>();
            while (!trainer.isOver()) {
                trainer.epoch(() -> {});
                try (HostMemory memory = trainer.hostMemory()) {
                    trainer.checkpoint(memory);
                }
                after.add(trainer.arrays());
            }
            assertThat(after).hasSize(2);
            assertThat(after.getLast()).isEqualTo(after.getFirst());
        }
    }
}
