package normlab.app.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import normlab.json.InvalidInputException;

/** What a command writes where a person asked for it. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Makes the folders that are not there yet.
     *
     * @throws InvalidInputException naming the file and the reason
     */
    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be written: %s; expected a place that you may write to".formatted(reason(e)));
        }
    }

    /** Of these, Java's message is the path alone. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException e -> e.getFile() + " is not yours to change";
            case NoSuchFileException e -> e.getFile() + " cannot be made";
            case FileAlreadyExistsException e -> e.getFile() + " is no folder";
            default -> String.valueOf(failure.getMessage());
        };
    }
}
