package normlab.app.config;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Natives of PyTorch from a Python installation in place of those of the build, as {@code PYTORCH_LIBRARY_PATH} names them:
 * the only ones for CUDA in the version that DJL's layer is made for. The dynamic loader must know where CUDA's libraries
 * lie before the JVM starts.
 *
 * @param libraries {@code …/site-packages/torch/lib}
 */
public record PyTorchInstallation(Path libraries) {
    private static final Pattern VERSION = Pattern.compile("__version__\\s*=\\s*'([^']+)'");

    public static Optional<PyTorchInstallation> ofEnvironment() {
        return Optional.ofNullable(System.getenv("PYTORCH_LIBRARY_PATH"))
                .map(Path::of)
                .map(PyTorchInstallation::new);
    }

    /** Whether the natives themselves lie there. */
    public boolean isThere() {
        return Files.exists(libraries.resolve("libtorch_cpu.so"));
    }

    public boolean hasCuda() {
        return Files.exists(libraries.resolve("libtorch_cuda.so"));
    }

    /** {@code 2.7.1+cu128}, as the installation says itself; empty where it does not. */
    public Optional<String> version() {
        Path file = libraries.resolveSibling("version.py");
        try {
            return Files.exists(file)
                    ? VERSION.matcher(Files.readString(file))
                            .results()
                            .map(m -> m.group(1))
                            .findFirst()
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Value of {@code LD_LIBRARY_PATH}: the natives, {@code site-packages/nvidia/*}{@code /lib}, cuSPARSELt, and what was there. */
    public String searchPath(@Nullable String before) {
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
        Path sparse = libraries.resolve("../../cusparselt/lib").normalize();
        if (Files.isDirectory(sparse)) {
            folders.add(sparse.toString());
        }
        if (before != null && !before.isBlank()) {
            folders.add(before);
        }
        return String.join(File.pathSeparator, folders);
    }
}
