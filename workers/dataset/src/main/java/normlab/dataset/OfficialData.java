package normlab.dataset;

import static normlab.dataset.UnusableDataException.absent;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A dataset's training and test set in memory, whole and verified. */
record OfficialData(ImageSet train, ImageSet test) implements DatasetContent {
    /**
     * Reads a folder's files, each under one of its {@link DataFile#names()}.
     *
     * @throws UnusableDataException if any is missing or not what the manifest says
     */
    static OfficialData read(DatasetManifest manifest, Path folder, VerifiedFiles known) throws UnusableDataException {
        Map<FileRole, Path> paths = locate(manifest, folder);
        return switch (manifest.format()) {
            case IDX -> readIdx(manifest, paths);
            case CIFAR_10, CIFAR_100 -> {
                Path archive = Optional.ofNullable(paths.get(FileRole.ARCHIVE)).orElseThrow();
                new FileVerifier(manifest, known).verify(archive, manifest.file(FileRole.ARCHIVE));
                yield CifarArchive.read(manifest, archive);
            }
            case ILSVRC -> throw new IllegalArgumentException("ILSVRC does not fit into memory");
        };
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
                set(files, FileRole.TEST_IMAGES, FileRole.TEST_LABELS, manifest.bytesPerImage()));
    }

    private static ImageSet set(Map<FileRole, IdxFile> files, FileRole images, FileRole labels, int bytesPerImage) {
        return new ImageSet(bytesPerImage, values(files, images), Labels.of(values(files, labels)));
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
            throw absent("[%s] lacks %s%s".formatted(folder, String.join(", ", missing), unpacked(manifest, folder)));
        }
        return paths;
    }

    /** A hint for whoever has unpacked the archive; else nothing. */
    private static String unpacked(DatasetManifest manifest, Path folder) {
        return manifest.format().unpackedNames().stream()
                .filter(name -> Files.exists(folder.resolve(name)))
                .findFirst()
                .map(name ->
                        "; it holds %s, which is unpacked data: the archive itself is wanted, as it was published and not unpacked"
                                .formatted(name))
                .orElse("");
    }

    static Optional<Path> locate(Path folder, DataFile file) {
        // A dangling link is there and cannot be read, which is worth telling.
        return file.names().stream()
                .map(folder::resolve)
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .findFirst();
    }
}
