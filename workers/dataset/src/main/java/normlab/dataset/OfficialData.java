package normlab.dataset;

import static normlab.dataset.UnusableDataException.absent;
import static normlab.dataset.UnusableDataException.damaged;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/**
 * A dataset's training and test set in memory, whole and verified.
 *
 * @param description where they come from, for people; or empty
 */
record OfficialData(ImageSet train, ImageSet test, String description) implements DatasetContent {
    /**
     * Reads a folder's files, each under one of its {@link DataFile#names()}; or, of {@link Format#IMAGES}, an archive or
     * class folders.
     *
     * @throws UnusableDataException if any is missing or not what the manifest says
     */
    static OfficialData read(DatasetManifest manifest, Path folder, VerifiedFiles known, TaskContext context)
            throws UnusableDataException, TaskInProgress {
        return switch (manifest.format()) {
            case IDX -> readIdx(manifest, locate(manifest, folder));
            case IMAGES -> {
                Path container = container(manifest, folder);
                OfficialData found = container.equals(folder)
                        ? FolderImages.read(manifest, folder, context)
                        : CifarArchive.read(manifest, container);
                OfficialData verified = found.verified(manifest, container);
                note(manifest, container, known);
                yield verified;
            }
            case IMAGE_FILES, ILSVRC ->
                throw new IllegalArgumentException(manifest.format() + " is not kept in memory");
        };
    }

    private static void note(DatasetManifest manifest, Path container, VerifiedFiles known)
            throws UnusableDataException {
        try {
            known.add(container, manifest.content().orElseThrow().sha256());
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(container, "check its permissions");
        }
    }

    /** Whether a folder's images were verified before and have not been touched since. */
    static boolean isVerified(DatasetManifest manifest, Path folder, VerifiedFiles known) throws UnusableDataException {
        try {
            return manifest.format() == Format.IMAGES
                    && known.has(
                            container(manifest, folder),
                            manifest.content().orElseThrow().sha256());
        } catch (IOException e) {
            return false;
        }
    }

    /** The first of the manifest's archives that is in the folder, or the folder itself if it has class folders. */
    static Path container(DatasetManifest manifest, Path folder) throws UnusableDataException {
        if (!Files.isDirectory(folder)) {
            throw absent("[%s] does not exist or is not a folder".formatted(folder));
        }
        Optional<Path> archive = manifest.files().stream()
                .flatMap(file -> locate(folder, file).stream())
                .findFirst();
        if (archive.isEmpty() && !ClassFolders.areIn(folder)) {
            List<String> wanted = new ArrayList<>(
                    manifest.files().stream().map(DataFile::name).toList());
            wanted.add("the folders train and test with a folder of images for each class");
            throw absent("[%s] has none of: %s%s"
                    .formatted(folder, String.join("; ", wanted), CifarArchive.unpackedIn(folder)));
        }
        return archive.orElse(folder);
    }

    /** In canonical order, if this is the content that the manifest states. */
    private OfficialData verified(DatasetManifest manifest, Path container) throws UnusableDataException {
        ImageDigests trained = ImageDigests.of(train, manifest.height(), manifest.width(), manifest.channels());
        ImageDigests tested = ImageDigests.of(test, manifest.height(), manifest.width(), manifest.channels());
        String found = ImageDigests.fingerprint(manifest.classes().size(), trained, tested);
        String expected = manifest.content().orElseThrow().sha256();
        if (!found.equals(expected)) {
            throw damaged("fingerprint of labels and pixels is %s, the manifest says %s", found, expected)
                    .about(container, "replace it by the original, see " + manifest.homepage());
        }
        PixelStatistics statistics = PixelStatistics.of(train.pixels(), manifest.channels());
        String facts =
                "mean %s, SD %s; %,d training images and %,d test images repeat another one's pixels; %,d test images are training images too"
                        .formatted(
                                statistics.mean(),
                                statistics.sd(),
                                trained.repeated(),
                                tested.repeated(),
                                tested.sharedWith(trained));
        return new OfficialData(
                train.inOrder(trained.order()), test.inOrder(tested.order()), description + "; " + facts);
    }

    private static OfficialData readIdx(DatasetManifest manifest, Map<FileRole, Path> paths)
            throws UnusableDataException {
        FileVerifier verifier = new FileVerifier(manifest, VerifiedFiles.none());
        Map<FileRole, IdxFile> files = new EnumMap<>(FileRole.class);
        for (Map.Entry<FileRole, Path> entry : paths.entrySet()) {
            files.put(entry.getKey(), verifier.read(entry.getValue(), manifest.file(entry.getKey())));
        }
        return of(manifest, files);
    }

    /** @param files one for each role of {@link Format#IDX}, verified */
    static OfficialData of(DatasetManifest manifest, Map<FileRole, IdxFile> files) {
        return new OfficialData(
                set(files, FileRole.TRAIN_IMAGES, FileRole.TRAIN_LABELS, manifest.bytesPerImage()),
                set(files, FileRole.TEST_IMAGES, FileRole.TEST_LABELS, manifest.bytesPerImage()),
                "");
    }

    private static ImageSet set(Map<FileRole, IdxFile> files, FileRole images, FileRole labels, int bytesPerImage) {
        ByteBuffer classes = values(files, labels);
        byte[] bytes = new byte[classes.remaining()];
        classes.get(0, bytes);
        return new ImageSet(bytesPerImage, values(files, images), bytes);
    }

    @Override
    public void close() {
        // Memory needs no closing.
    }

    private static ByteBuffer values(Map<FileRole, IdxFile> files, FileRole role) {
        return Optional.ofNullable(files.get(role)).orElseThrow().values();
    }

    /** Where the folder has each file; {@link UnusableDataException} names all that are missing. */
    static Map<FileRole, Path> locate(DatasetManifest manifest, Path folder) throws UnusableDataException {
        if (!Files.isDirectory(folder)) {
            throw absent("[%s] does not exist or is not a folder".formatted(folder));
        }
        Map<FileRole, Path> paths = new EnumMap<>(FileRole.class);
        List<String> missing = new ArrayList<>();
        for (DataFile file : manifest.files()) {
            locate(folder, file)
                    .ifPresentOrElse(
                            path -> paths.put(file.role(), path),
                            () -> missing.add(file.role().isArchive() ? file.name() : file.name() + "[.gz]"));
        }
        if (!missing.isEmpty()) {
            throw absent("[%s] lacks %s".formatted(folder, String.join(", ", missing)));
        }
        return paths;
    }

    static Optional<Path> locate(Path folder, DataFile file) {
        // A dangling link is there and cannot be read, which is worth telling.
        return file.names().stream()
                .map(folder::resolve)
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }
}
