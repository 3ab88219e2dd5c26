package normlab.app;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Natives of PyTorch from a Python installation in place of those of the build, as {@code PYTORCH_LIBRARY_PATH} names them:
 * the only ones for CUDA in the version that DJL's layer is made for. The dynamic loader must know where CUDA's libraries
 * lie before the JVM starts.
 *
 * @param libraries {@code …/site-packages/torch/lib}
 */
record PyTorchInstallation(Path libraries) {
    static Optional<PyTorchInstallation> ofEnvironment() {
        return Optional.ofNullable(System.getenv("PYTORCH_LIBRARY_PATH"))
                .map(Path::of)
                .map(PyTorchInstallation::new);
    }

    /** Value of {@code LD_LIBRARY_PATH}: the natives, {@code site-packages/nvidia/*}{@code /lib}, and what was there. */
    String searchPath(@Nullable String before) {
        List<String> folders = new ArrayList<>();
        folders.add(libraries.toString());
        Path nvidia = libraries.resolve("../../nvidia").normalize();
        if (Files.isDirectory(nvidia)) {
            try (Stream<Path> packages = Files.list(nvidia)) {
                packages.map(p -> p.resolve("lib"))
                        .filter(Files::isDirectory)
                        .sorted()
                        .forEach(p -> folders.add(p.toString()));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + nvidia, e);
            }
        }
        if (before != null && !before.isBlank()) {
            folders.add(before);
        }
        return String.join(File.pathSeparator, folders);
    }
}
