package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.shard.ShardFile;
import normlab.dataset.shard.ShardStream;
import normlab.experiment.Activation;
import normlab.experiment.DatasetSpec;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.experiment.TrialSpec;
import normlab.json.Json;
import normlab.learning.LearningStack;
import normlab.learning.data.DeviceDatasets;
import normlab.learning.evaluate.Evaluate;
import normlab.learning.train.Train;
import normlab.provenance.Sha256;
import normlab.provenance.TrainingStack;
import normlab.provenance.TrialIdentity;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.task.Tasks.TrialInput;
import normlab.testkit.SilentContext;
import normlab.trial.PreparedDataset;
import normlab.trial.SampleStream;
import normlab.trial.StoreLayout;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** JPEG files of three colours in shards, as ILSVRC2012 is prepared, through decoder, network and scores. */
class StreamedTrainingTest {
    private static final TrainingStack STACK = LearningStack.current(1);
    private static final String FINGERPRINT = "colours-fingerprint";
    private static final List<Color> CLASSES = List.of(Color.RED, Color.GREEN, Color.BLUE);
    private static final int SIDE = 12;
    /** A manifest, and two shards: the others are equal to them. */
    private static final int OBJECTS = 3;

    private final DamagedStore store = new DamagedStore();
    private final SampleStream.Source streams = ShardStream.source(store, 2);

    @BeforeEach
    void prepare() throws IOException {
        PreparedDataset dataset = new PreparedDataset(
                "colours",
                FINGERPRINT,
                SIDE,
                SIDE,
                3,
                List.of("red", "green", "blue"),
                List.of(0.4, 0.4, 0.4),
                List.of(0.3, 0.3, 0.3),
                shards(4, 15),
                shards(1, 9),
                shards(2, 9),
                "made by the tests");
        store.put(StoreLayout.dataset("colours", FINGERPRINT) + "/manifest.json", Json.bytes(dataset));
    }

    @Test
    void aNetworkLearnsFromShardsAndGoesOnInMidEpochWithTheSameBytes() throws Exception {
        TrialInput whole = trial("trials/whole");
        train().run(whole, new SilentContext());
        TrialInput stopped = trial("trials/stopped");
        assertThatThrownBy(() -> train().run(stopped, new StopBefore(13))).isInstanceOf(TaskInProgress.class);
        train().run(stopped, new SilentContext());
        assertThat(store.require("trials/stopped/model.safetensors"))
                .isEqualTo(store.require("trials/whole/model.safetensors"));
        assertThat(new TrialArchive(store, TrialId.shared("stopped"))
                        .training()
                        .orElseThrow()
                        .resumes())
                .isEqualTo(1);
        Evaluate evaluate = new Evaluate(store, new DeviceDatasets(store, streams), Clock.systemUTC());
        assertThat(evaluate.run(whole, new SilentContext()).top1()).isGreaterThan(0.9);
    }

    @Test
    void aShardThatIsDamagedIsMadeAgainByTheTrainingThatMeetsIt() throws Exception {
        TrialInput whole = trial("trials/whole");
        train().run(whole, new SilentContext());
        PreparedDataset dataset = Json.read(
                store.require(StoreLayout.dataset("colours", FINGERPRINT) + "/manifest.json"),
                PreparedDataset.class,
                "colours");
        store.damage(dataset.train().keys().get(2));
        TrialInput meets = trial("trials/meets");
        LostSpecs none = new LostSpecs(store, new DatasetCatalog(Path.of("none")), () -> STACK);
        new RepairingTrial<>(train(), new Preparation(), store, new Repair(store), none)
                .run(meets, new SilentContext());
        assertThat(store.require("trials/meets/model.safetensors"))
                .isEqualTo(store.require("trials/whole/model.safetensors"));
    }

    /** Makes the whole dataset again unless all of it is there. */
    private final class Preparation implements Task<PrepareDatasetInput, PrepareDatasetOutput> {
        @Override
        public String name() {
            return "prepare_dataset";
        }

        @Override
        public Class<PrepareDatasetInput> inputType() {
            return PrepareDatasetInput.class;
        }

        @Override
        public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context) {
            String prefix = StoreLayout.dataset("colours", input.fingerprint());
            boolean reused = store.list("datasets/").size() == OBJECTS;
            try {
                prepare();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new PrepareDatasetOutput(prefix, reused, 60, 9, 18);
        }
    }

    private Train train() {
        return new Train(store, new DeviceDatasets(store, streams), STACK, (trial, journal) -> {}, Clock.systemUTC());
    }

    /** Ten steps an epoch. */
    private TrialInput trial(String prefix) {
        TrialSpec spec = new TrialSpec(
                new DatasetSpec("colours", 20, 3),
                "plain-8",
                Activation.RELU,
                new Normalization.BatchNorm(1e-5, 0.1),
                Head.OFF,
                new Recipe(0.05, 0.9, 5e-4, 6, 3, 4),
                1);
        new TrialArchive(store, TrialId.at(prefix)).writeIdentity(new TrialIdentity(spec, FINGERPRINT, STACK));
        return new TrialInput("r", TrialId.at(prefix));
    }

    private PreparedDataset.Part shards(int count, int each) throws IOException {
        List<PreparedDataset.Shard> shards = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<ShardFile.Sample> samples = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                samples.add(new ShardFile.Sample(i % CLASSES.size(), jpeg(CLASSES.get(i % CLASSES.size()), i)));
            }
            byte[] bytes = new ShardFile(samples).encode();
            store.put(StoreLayout.samples(Sha256.of(bytes)), bytes);
            shards.add(new PreparedDataset.Shard(each, bytes.length, Sha256.of(bytes)));
        }
        return PreparedDataset.Part.ofShards(shards);
    }

    private static byte[] jpeg(Color colour, int place) throws IOException {
        BufferedImage image = new BufferedImage(20 + place, 24, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
        graphics.setColor(Color.GRAY);
        graphics.fillRect(place, place, 5, 5);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return bytes.toByteArray();
    }

    /** Asks the task to stop before a step. */
    private static final class StopBefore implements TaskContext {
        private int left;

        StopBefore(int step) {
            this.left = step;
        }

        @Override
        public boolean stopRequested() {
            return left-- == 0;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void log(String line) {}
    }
}
