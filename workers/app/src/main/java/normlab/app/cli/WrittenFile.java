package normlab.app.cli;

import java.nio.file.Path;
import normlab.port.TrackedRun.Attachment;
import normlab.provenance.Sha256;

/**
 * A file that a command wrote.
 *
 * @param path below the folder that the command names
 */
public record WrittenFile(String path, long bytes, String sha256) {
    /** Writes it. */
    public static WrittenFile into(Path folder, String path, byte[] content) {
        OutputFile.write(folder.resolve(path), content);
        return new WrittenFile(path, content.length, Sha256.of(content));
    }

    /** Writes it. */
    public static WrittenFile into(Path folder, Attachment file) {
        return into(folder, file.path(), file.content().get());
    }
}
