package normlab.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which datasets this machine has seen prepared in its store, so that a campaign may start without their files. A hint: if
 * the store has lost them since, they are prepared again.
 */
final class PreparedMarks {
    private static final Logger LOG = LoggerFactory.getLogger(PreparedMarks.class);

    private final Path folder;

    PreparedMarks(DataFolders folders) {
        this.folder = folders.cache().resolve("prepared");
    }

    boolean has(String fingerprint) {
        return Files.exists(folder.resolve(fingerprint));
    }

    void set(String fingerprint) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(fingerprint), new byte[0]);
        } catch (IOException e) {
            LOG.warn(
                    "[{}] cannot note that {} is prepared: the next campaign looks for its files",
                    folder,
                    fingerprint,
                    e);
        }
    }
}
