package normlab.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import normlab.json.InvalidInputException;
import normlab.platform.process.SafeFiles;

/** What a command writes where a person asked for it. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Makes the folders that are not there yet.
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
