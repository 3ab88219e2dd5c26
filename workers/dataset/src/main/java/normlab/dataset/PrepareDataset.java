package normlab.dataset;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.task.Task;
import normlab.task.TaskContext;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import normlab.task.Tasks.PrepareDatasetInput;
import normlab.task.Tasks.PrepareDatasetOutput;
import normlab.trial.PreparedDataset;
import normlab.trial.StoreLayout;

/**
 * Puts the samples of one dataset and split into the store, unless they are there. What it writes depends on the
 * manifest and the split alone, so a twin beside it writes the same bytes.
 */
public final class PrepareDataset implements Task<PrepareDatasetInput, PrepareDatasetOutput> {
    private final DatasetCatalog catalog;
    private final ArtifactStore store;
    private final DatasetFetcher fetcher;
    private final PreparedMarks marks;

    public PrepareDataset(DatasetCatalog catalog, ArtifactStore store, DataFolders folders) {
        this.catalog = catalog;
        this.store = store;
        this.fetcher = new DatasetFetcher(catalog, folders, DatasetFetcher.Limits.usual(), Optional.of(store));
        this.marks = new PreparedMarks(folders);
    }

    @Override
    public String name() {
        return "prepare_dataset";
    }

    @Override
    public Class<PrepareDatasetInput> inputType() {
        return PrepareDatasetInput.class;
    }

    /**
     * @throws TaskFailure permanently if the dataset, split or fingerprint is not what this code has, or data is
     *     damaged; else, where network or store failed, worth another attempt
     */
    @Override
    public PrepareDatasetOutput run(PrepareDatasetInput input, TaskContext context) throws TaskFailure, TaskInProgress {
        try {
            checkFingerprint(input);
            PreparedStore prepared = new PreparedStore(store, input.dataset().name(), input.fingerprint());
            Optional<PreparedDataset> there = prepared.complete();
            PreparedDataset dataset = there.isPresent() ? there.get() : prepare(prepared, input, context);
            marks.set(input.fingerprint());
            return output(prepared, dataset, there.isPresent());
        } catch (InvalidInputException e) {
            throw TaskFailure.permanent(String.valueOf(e.getMessage()), e);
        } catch (StoreException e) {
            String message = String.valueOf(e.getMessage());
            throw e.retryable() ? TaskFailure.transientCause(message, e) : TaskFailure.permanent(message, e);
        }
    }

    private void checkFingerprint(PrepareDatasetInput input) throws TaskFailure {
        String own = catalog.fingerprint(input.dataset());
        if (!own.equals(input.fingerprint())) {
            throw TaskFailure.permanent(
                    "[dataset %s] fingerprint asked for is %s, this worker's manifest and code give %s; plan again with the code that the worker runs"
                            .formatted(input.dataset().name(), input.fingerprint(), own));
        }
    }

    private PreparedDataset prepare(PreparedStore prepared, PrepareDatasetInput input, TaskContext context)
            throws TaskFailure, TaskInProgress {
        DatasetManifest manifest = catalog.load(input.dataset().name());
        PreparedDataset result;
        try (DatasetContent content = fetcher.fetch(manifest, context)) {
            result = switch (content) {
                case OfficialData data -> inMemory(manifest, data, prepared, input, context);
                case IlsvrcArchives archives -> inShards(manifest, archives, input, context);
                case ImportedFiles files -> inShards(manifest, files, input, context);
            };
            store.put(StoreLayout.sheet(manifest.name(), input.fingerprint()), ContactSheet.of(manifest, content));
        } catch (IOException e) {
            throw TaskFailure.transientCause("[dataset %s] cannot be read (%s)".formatted(manifest.name(), e), e);
        }
        context.stopIfAsked();
        prepared.finish(result);
        return result;
    }

    private static PreparedDataset inMemory(
            DatasetManifest manifest,
            OfficialData data,
            PreparedStore prepared,
            PrepareDatasetInput input,
            TaskContext context)
            throws TaskInProgress {
        int[] labels = data.train().labels();
        Split split = manifest.format() == Format.IDX
                ? Split.of(labels, manifest.classes(), input.dataset())
                : Split.atMost(labels, manifest.classes(), input.dataset());
        Split.requireEachClass(data.test().labels(), manifest.classes(), input.dataset());
        PixelStatistics statistics = PixelStatistics.of(data.train().pixels(), manifest.channels());
        context.stopIfAsked();
        return facts(
                manifest,
                input.fingerprint(),
                statistics,
                prepared.write(data.train().select(split.train())),
                prepared.write(data.train().select(split.validation())),
                prepared.write(data.test().packed()));
    }

    private PreparedDataset inShards(
            DatasetManifest manifest, EncodedData images, PrepareDatasetInput input, TaskContext context)
            throws IOException, TaskInProgress {
        Split split = Split.atMost(images.train().index().labels(), manifest.classes(), input.dataset());
        Split.requireEachClass(images.test().index().labels(), manifest.classes(), input.dataset());
        int[] test = IntStream.range(0, images.test().index().count()).toArray();
        ShardedPreparation shards = new ShardedPreparation(store, manifest.name(), context);
        return facts(
                manifest,
                input.fingerprint(),
                manifest.statistics().orElseThrow(),
                shards.write("train", images.train(), split.train(), images.isSortedByClass()),
                shards.write("validation", images.train(), split.validation(), false),
                shards.write("test", images.test(), test, false));
    }

    private static PreparedDataset facts(
            DatasetManifest manifest,
            String fingerprint,
            PixelStatistics statistics,
            PreparedDataset.Part train,
            PreparedDataset.Part validation,
            PreparedDataset.Part test) {
        return new PreparedDataset(
                manifest.name(),
                fingerprint,
                manifest.height(),
                manifest.width(),
                manifest.channels(),
                manifest.classes(),
                statistics.mean(),
                statistics.sd(),
                train,
                validation,
                test,
                manifest.licence().line());
    }

    private static PrepareDatasetOutput output(PreparedStore prepared, PreparedDataset dataset, boolean reused) {
        return new PrepareDatasetOutput(
                prepared.prefix(),
                reused,
                dataset.train().count(),
                dataset.validation().count(),
                dataset.test().count());
    }
}
