package normlab.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import normlab.json.InvalidInputException;
import normlab.platform.process.SafeFiles;
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
        write(folder.resolve(path), content);
        return new WrittenFile(path, content.length, Sha256.of(content));
    }

    /** Writes it. */
    public static WrittenFile into(Path folder, Attachment file) {
        return into(folder, file.path(), file.content().get());
    }

    /**
     * Writes a file where a person asked for it. Makes the folders that are not there yet.
     *
     * @throws InvalidInputException naming the file and the reason
     */
    public static void write(Path file, byte[] bytes) {
        try {
            SafeFiles.replace(file, bytes);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be written: %s; expected a writable place with enough space".formatted(reason(e)));
        }
    }

    /** Of these, Java's message is the path alone. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException e -> e.getFile() + " is not writable for you";
            case NoSuchFileException e -> e.getFile() + " cannot be created";
            case FileAlreadyExistsException e -> e.getFile() + " is not a folder";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
