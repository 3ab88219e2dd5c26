package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignRecord;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.TrainOutput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.SilentContext;
import normlab.trial.TrainedBy;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.Test;

class RecordedTrainingTest {
    private static final TrialId TRIAL = TrialId.shared("0123");
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private final TrialArchive archive = new TrialArchive(store, TRIAL);
    private final RecordedTraining training =
            new RecordedTraining(new Training(), store, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void eachCampaignThatTrainsATrialIsRecordedOnceWithItsCode() throws TaskFailure, TaskInProgress {
        start("first", "4f2a91c", Optional.empty());
        start("second", "b0b0b0b", Optional.of("abc"));
        train("first");
        train("first");
        train("second");
        assertThat(archive.trainedBy())
                .containsExactly(
                        new TrainedBy(NOW, "first", "4f2a91c", Optional.empty()),
                        new TrainedBy(NOW, "second", "b0b0b0b", Optional.of("abc")));
    }

    @Test
    void aCampaignThatFindsATrialTrainedHasNotTrainedIt() throws TaskFailure, TaskInProgress {
        start("first", "4f2a91c", Optional.empty());
        store.put(archive.key("training.json"), new byte[0]);
        train("first");
        assertThat(archive.trainedBy()).isEmpty();
    }

    private void start(String campaign, String code, Optional<String> registration) {
        Experiment smoke = new ExperimentFiles(Home.current().experiments()).load("smoke");
        new CampaignArchive(store, campaign)
                .open(
                        new CampaignRecord(
                                campaign,
                                "smoke",
                                NOW,
                                code,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                registration),
                        smoke);
    }

    private void train(String campaign) throws TaskFailure, TaskInProgress {
        training.run(new TrialInput(campaign, TRIAL), new SilentContext());
    }

    private record Training() implements Task<TrialInput, TrainOutput> {
        @Override
        public String name() {
            return "train";
        }

        @Override
        public Class<TrialInput> inputType() {
            return TrialInput.class;
        }

        @Override
        public TrainOutput run(TrialInput input, TaskContext context) {
            return new TrainOutput("completed", 1, "", 1, false);
        }
    }
}
