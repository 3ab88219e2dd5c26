package normlab.platform.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.platform.process.ProcessException;
import normlab.platform.process.SafeFiles;

/** The file that tells other processes about the stack. Readers see the old state or the new one, never half of one. */
final class StateFile {
    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    /** @throws ProcessException if there is a file that cannot be understood */
    Optional<StackState> read() {
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), StackState.class, file.toString()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (InvalidInputException e) {
            throw new ProcessException(
                    e.getMessage() + ". Another version wrote it: stop its processes and delete the file.", e);
        }
    }

    void write(StackState state) {
        SafeFiles.write(file, Json.bytes(state), SafeFiles.PRIVATE);
    }
}
