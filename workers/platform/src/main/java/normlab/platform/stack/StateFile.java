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
import normlab.platform.server.DataFolder;

/**
 * The file that tells other processes about the stack. Readers see the old state or the new one, never half of one. The
 * state of a stack with another data folder, which a copied or moved folder contains, is ignored.
 */
final class StateFile {
    private final Path file;
    private final Path folder;

    StateFile(DataFolder data) {
        this.file = data.stateFile();
        this.folder = data.root();
    }

    /** @throws ProcessException if there is a file that cannot be understood */
    Optional<StackState> read() {
        try {
            StackState state = Json.read(Files.readAllBytes(file), StackState.class, file.toString());
            return Optional.of(state)
                    .filter(found -> found.folder().orElse(folder()).equals(folder()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        } catch (InvalidInputException e) {
            throw new ProcessException(
                    e.getMessage()
                            + ". It is damaged, or another version wrote it: delete the file; a supervisor that no longer finds itself there stops its processes.",
                    e);
        }
    }

    void write(StackState state) {
        SafeFiles.write(file, Json.bytes(state), SafeFiles.PRIVATE);
    }

    /** The data folder under its own name, whichever link led to it. */
    String folder() {
        try {
            return folder.toRealPath().toString();
        } catch (IOException notYetThere) {
            return folder.toString();
        }
    }
}
