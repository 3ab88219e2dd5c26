package normlab.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import normlab.trial.StoreLayout;

/**
 * Makes class folders of images a dataset: looks at all of them, reports all problems together, puts the images into the store
 * and writes the manifest last. Small images of one size are kept decoded; larger ones as files, to be streamed.
 */
public final class FolderImport {
    private final ImportOptions options;
    private final Path manifests;
    private final Path scratch;
    private final ArtifactStore store;
    private final TaskContext context;

    /**
     * What came of it.
     *
     * @param existed whether the dataset had been imported before, with the same content
     * @param remarks what a user should know of the images: duplicates, files that were left out, the test set's rule
     */
    public record Imported(DatasetManifest manifest, Path file, boolean existed, List<String> remarks) {
        public Imported {
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * @param manifests folder for the manifest
     * @param scratch folder on the disk for decoded images; they are deleted at the end
     */
    public FolderImport(ImportOptions options, Path manifests, Path scratch, ArtifactStore store, TaskContext context) {
        this.options = options;
        this.manifests = manifests;
        this.scratch = scratch;
        this.store = store;
        this.context = context;
    }

    /**
     * @throws InvalidInputException with every problem of the folder; or if there is another dataset of this name
     * @throws IOException if the folder cannot be read, or the disk is full
     */
    public Imported run(Path folder) throws IOException, TaskInProgress {
        FileProblems unusable = new FileProblems();
        ClassFolders folders = ClassFolders.find(folder, unusable);
        if (folders.classes().size() < 2) {
            throw new InvalidInputException(
                    folder.toString(),
                    "has %d folders of classes, expected 2 or more: train/CLASS/* and test/CLASS/*, or CLASS/*"
                            .formatted(folders.classes().size()));
        }
        try (ImportedSet images = ImportedSet.read(folders, options, scratch, unusable, context)) {
            List<String> problems = new ArrayList<>();
            if (!options.skipsUnusable()) {
                problems.addAll(unusable.lines());
                if (!unusable.isEmpty()) {
                    problems.add("files that cannot be used: %,d; mend them, or leave them out with --skip-unusable"
                            .formatted(unusable.count()));
                }
            }
            problems.addAll(images.problems());
            if (!problems.isEmpty()) {
                throw new InvalidInputException(folder.toString(), problems);
            }
            return stored(images, folders, unusable);
        }
    }

    private Imported stored(ImportedSet images, ClassFolders folders, FileProblems unusable)
            throws IOException, TaskInProgress {
        Path file = manifests.resolve(options.name() + ".yaml");
        DatasetManifest manifest = images.manifest();
        Optional<DatasetManifest> before = Optional.empty();
        DatasetCatalog catalog = new DatasetCatalog(manifests);
        if (catalog.names().contains(options.name())) {
            before = Optional.of(catalog.load(options.name()));
            refuseAnother(before.get(), manifest);
        }
        String fingerprint = manifest.content().orElseThrow().sha256();
        if (!ImportedImages.exist(store, fingerprint)) {
            images.put(store, context).write(store, fingerprint);
        }
        List<String> remarks = images.remarks();
        unusable.lines().forEach(line -> remarks.add("left out: " + line));
        if (before.isPresent()) {
            return new Imported(before.get(), file, true, remarks);
        }
        context.stopIfAsked();
        byte[] yaml = ManifestWriter.yaml(manifest, remarks);
        store.put(StoreLayout.importedManifest(options.name()), yaml);
        ManifestWriter.write(file, yaml);
        return new Imported(manifest, file, false, remarks);
    }

    private void refuseAnother(DatasetManifest before, DatasetManifest now) {
        boolean equal =
                before.content().equals(now.content()) && before.classes().equals(now.classes());
        if (!equal) {
            throw new InvalidInputException(
                    "dataset " + options.name(),
                    "exists, and has other images; choose another name, or delete datasets/%s.yaml first"
                            .formatted(options.name()));
        }
    }
}
