package normlab.dataset;

import java.nio.file.Path;
import java.util.Map;

/** A dataset's official training and test set, whole and verified: in memory, or in archives that are read in place. */
sealed interface DatasetContent extends AutoCloseable permits OfficialData, IlsvrcArchives {
    /**
     * @param folder that holds each file under one of its {@link DataFile#names()}
     * @throws UnusableDataException if any is missing or not what the manifest says
     */
    static DatasetContent read(DatasetManifest manifest, Path folder, VerifiedFiles known)
            throws UnusableDataException {
        return switch (manifest.format()) {
            case IDX, CIFAR_10, CIFAR_100 -> OfficialData.read(manifest, folder, known);
            case ILSVRC -> {
                Map<FileRole, Path> paths = OfficialData.locate(manifest, folder);
                FileVerifier verifier = new FileVerifier(manifest, known);
                for (Map.Entry<FileRole, Path> entry : paths.entrySet()) {
                    verifier.verify(entry.getValue(), manifest.file(entry.getKey()));
                }
                yield IlsvrcArchives.open(manifest, paths);
            }
        };
    }

    @Override
    void close();
}
