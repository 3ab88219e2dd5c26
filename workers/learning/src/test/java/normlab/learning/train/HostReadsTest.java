package normlab.learning.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import normlab.learning.data.DeviceDatasets;
import normlab.testkit.TinyDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * A value that is read from a device waits for all that is queued there. The same code trains on a processor, where each
 * read can be counted.
 */
class HostReadsTest {
    /** What every copy of an array to the host goes through. */
    private static final String READ = "ai.djl.pytorch.jni.JniUtils::getByteBuffer";

    /** Operators of PyTorch that wait for the device to learn a number or a size. */
    private static final List<String> WAITING =
            List.of("aten::item", "aten::_local_scalar_dense", "aten::is_nonzero", "aten::nonzero", "aten::equal");

    @TempDir
    private Path folder;

    /** JFR counts calls of a method from JDK 25 on. */
    @Test
    @EnabledForJreRange(min = JRE.JAVA_25)
    void noStepReadsFromTheDeviceAndAnEpochReadsOnlyAtItsEnd() throws Exception {
        TinyTrials trials = new TinyTrials();
        try (DeviceDatasets datasets = new DeviceDatasets(trials.store());
                Trainer trainer = trainer(trials, datasets)) {
            List<Integer> steps = new ArrayList<>();
            List<RecordedEvent> reads = recorded(() -> trainer.epoch(() -> steps.add(steps.size())));
            assertThat(steps).hasSize(4);
            assertThat(reads)
                    .as("the epoch's metrics are read, and these reads are seen")
                    .isNotEmpty();
            assertThat(reads.stream().filter(HostReadsTest::isWithinAStep).map(HostReadsTest::frames))
                    .isEmpty();
        }
    }

    @Test
    void noOperatorOfAStepWaitsForTheDevice() throws Exception {
        TinyTrials trials = new TinyTrials();
        Path trace = folder.resolve("trace.json");
        try (DeviceDatasets datasets = new DeviceDatasets(trials.store());
                Trainer trainer = trainer(trials, datasets)) {
            List<String> profiles = new ArrayList<>();
            trainer.epoch(() -> {
                // Between the second and the third step: the profile is that of one whole step.
                if (trainer.stepsDone() == 1) {
                    JniUtils.startProfile(false, false, false);
                } else if (trainer.stepsDone() == 2) {
                    JniUtils.stopProfile(trace.toString());
                    profiles.add("done");
                }
            });
            assertThat(profiles).hasSize(1);
        }
        String profile = Files.readString(trace);
        assertThat(profile).contains("aten::conv");
        assertThat(WAITING).noneMatch(operator -> profile.contains('"' + operator + '"'));
    }

    private static Trainer trainer(TinyTrials trials, DeviceDatasets datasets) {
        return new Trainer(
                datasets.device(),
                trials.archive(trials.trial("trials/reads").trial().prefix()).identity(),
                datasets.get(TinyDataset.SPEC.name(), TinyDataset.FINGERPRINT),
                Clock.systemUTC());
    }

    /** An action that may fail. */
    private interface Action {
        void run() throws Exception;
    }

    private List<RecordedEvent> recorded(Action action) throws Exception {
        Path file = folder.resolve("reads.jfr");
        try (Recording recording = new Recording()) {
            recording
                    .enable("jdk.MethodTrace")
                    .with("filter", READ)
                    .withoutThreshold()
                    .withStackTrace();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.MethodTrace"))
                .toList();
    }

    private static boolean isWithinAStep(RecordedEvent read) {
        return frames(read).stream().anyMatch(frame -> frame.equals("Trainer.step"));
    }

    private static List<String> frames(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName().replaceFirst(".*\\.", "") + "."
                        + frame.getMethod().getName())
                .toList();
    }
}
