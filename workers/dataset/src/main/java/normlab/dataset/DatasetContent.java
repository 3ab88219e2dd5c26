package normlab.dataset;

import static normlab.dataset.UnusableDataException.absent;

import java.nio.file.Path;
import java.util.Map;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/** A dataset's official training and test set, whole and verified: in memory, or in archives that are read in place. */
sealed interface DatasetContent extends AutoCloseable permits OfficialData, IlsvrcArchives, ImportedFiles {
    /**
     * @param folder that has each file under one of its {@link DataFile#names()}
     * @throws UnusableDataException if any is missing or not what the manifest says
     */
    static DatasetContent read(DatasetManifest manifest, Path folder, VerifiedFiles known, TaskContext context)
            throws UnusableDataException, TaskInProgress {
        return switch (manifest.format()) {
            case IDX, IMAGES -> OfficialData.read(manifest, folder, known, context);
            case IMAGE_FILES -> throw absent("[%s] cannot have it: it is in the store".formatted(folder));
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

    /** Where it comes from, beyond its source; or empty. */
    default String description() {
        return "";
    }

    @Override
    void close();
}
