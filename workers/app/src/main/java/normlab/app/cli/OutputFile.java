package normlab.app.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import normlab.json.InvalidInputException;

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
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
            writeWhole(file.toAbsolutePath(), bytes);
        } catch (IOException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be written: %s; expected a writable place with enough space".formatted(reason(e)));
        }
    }

    /** Leaves what was there before, an empty folder too, and nothing that looks whole, wherever it fails. */
    private static void writeWhole(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
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
