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
 * Class folders of images that become a dataset. All images are read and checked first, without a store: a folder that cannot be
 * used is refused with all its problems. Then the images go into the store, and the manifest is written last. Small images of
 * one size are kept decoded; larger ones as files, to be streamed.
 */
public final class FolderImport implements AutoCloseable {
    private final ImportedSet images;
    private final DatasetManifest manifest;
    private final Path file;
    private final Optional<DatasetManifest> before;
    private final List<String> remarks;
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

    private FolderImport(
            ImportedSet images,
            DatasetManifest manifest,
            Path file,
            Optional<DatasetManifest> before,
            List<String> remarks,
            TaskContext context) {
        this.images = images;
        this.manifest = manifest;
        this.file = file;
        this.before = before;
        this.remarks = remarks;
        this.context = context;
    }

    /**
     * Reads and checks all images. To be closed.
     *
     * @param manifests folder for the manifest
     * @param scratch folder on the disk for decoded images; they are deleted at the end
     * @throws InvalidInputException with every problem of the folder; or if there is another dataset of this name
     * @throws IOException if the folder cannot be read, or the disk is full
     */
    public static FolderImport read(
            Path folder, ImportOptions options, Path manifests, Path scratch, TaskContext context)
            throws IOException, TaskInProgress {
        FileProblems unusable = new FileProblems();
        ClassFolders folders = ClassFolders.find(folder, unusable);
        if (folders.classes().size() < 2) {
            throw new InvalidInputException(
                    folder.toString(),
                    "has %d folders of classes, expected 2 or more: train/CLASS/* and test/CLASS/*, or CLASS/*"
                            .formatted(folders.classes().size()));
        }
        ImportedSet images = ImportedSet.read(folders, options, scratch, unusable, context);
        try {
            refuseProblems(folder, options, images, unusable);
            DatasetManifest manifest = images.manifest();
            Optional<DatasetManifest> before = before(manifests, manifest);
            List<String> remarks = images.remarks();
            unusable.lines().forEach(line -> remarks.add("left out: " + line));
            Path file = manifests.resolve(options.name() + ".yaml");
            return new FolderImport(images, manifest, file, before, remarks, context);
        } catch (RuntimeException e) {
            images.close();
            throw e;
        }
    }

    private static void refuseProblems(Path folder, ImportOptions options, ImportedSet images, FileProblems unusable) {
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
            problems.addAll(images.duplicates());
            throw new InvalidInputException(folder.toString(), problems);
        }
    }

    private static Optional<DatasetManifest> before(Path manifests, DatasetManifest now) {
        DatasetCatalog catalog = new DatasetCatalog(manifests);
        if (!catalog.names().contains(now.name())) {
            return Optional.empty();
        }
        DatasetManifest before = catalog.load(now.name());
        if (!before.content().equals(now.content()) || !before.classes().equals(now.classes())) {
            throw new InvalidInputException(
                    "dataset " + now.name(),
                    "exists, and has other images; choose another name, or delete datasets/%s.yaml first"
                            .formatted(now.name()));
        }
        return Optional.of(before);
    }

    /**
     * Puts the images into the store, where it does not have them, and writes the manifest.
     *
     * @throws IOException if a file has changed since it was checked, or the disk is full
     */
    public Imported write(ArtifactStore store) throws IOException, TaskInProgress {
        String fingerprint = manifest.content().orElseThrow().sha256();
        if (!ImportedImages.exist(store, fingerprint)) {
            images.put(store, context).write(store, fingerprint);
        }
        if (before.isPresent()) {
            return new Imported(before.get(), file, true, remarks);
        }
        context.stopIfAsked();
        byte[] yaml = ManifestWriter.yaml(manifest, remarks);
        store.put(StoreLayout.importedManifest(manifest.name()), yaml);
        ManifestWriter.write(file, yaml);
        return new Imported(manifest, file, false, remarks);
    }

    @Override
    public void close() throws IOException {
        images.close();
    }
}
