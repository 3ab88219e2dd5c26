package normlab.app.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import normlab.port.ArtifactStore;
import normlab.testkit.InMemoryArtifactStore;
import normlab.trial.JournalRow;
import normlab.trial.ResourceRow;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class ResourceMeterTest {
    private final ArtifactStore store = new InMemoryArtifactStore();
    private final AtomicLong wall = new AtomicLong();
    private final AtomicLong processor = new AtomicLong();
    private final ResourceMeter meter = new ResourceMeter(store, wall::get, processor::get);

    @Test
    void theWaitForATrialIsNoPartOfItsFirstEpoch() {
        pass(100, 0);
        meter.begin();
        pass(10, 20);
        meter.sample(TrialId.shared("a"), epoch(1));
        pass(10, 10);
        meter.sample(TrialId.shared("a"), epoch(2));
        meter.write(TrialId.shared("a"));

        assertThat(new TrialArchive(store, TrialId.shared("a")).resources())
                .extracting(ResourceRow::processorPercent)
                .containsExactly(200.0, 100.0);
    }

    private void pass(long wallSeconds, long processorSeconds) {
        wall.addAndGet(TimeUnit.SECONDS.toNanos(wallSeconds));
        processor.addAndGet(TimeUnit.SECONDS.toNanos(processorSeconds));
    }

    private static JournalRow epoch(int epoch) {
        return new JournalRow(epoch, epoch, Instant.EPOCH, 0.1, 1, 0.5, 1, 0.5, 10, 100);
    }
}
