package normlab.platform.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import normlab.platform.process.Command;
import normlab.platform.process.FileMutex;
import normlab.platform.process.ProcessException;
import normlab.platform.process.SafeFiles;
import normlab.provenance.Sha256;

/**
 * The Python environment of the MLflow server: exactly what the lock names, every file checked against its hash. It is
 * made at the first call and found again later, under a name made of the lock's hash and the Python version.
 *
 * @param lock a pip requirements file with hashes
 * @param pythons commands to try
 */
record MlflowEnvironment(DataFolder data, Path lock, List<String> pythons) {
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    /** The user's Python settings must not lead elsewhere than into the environment; those of pip's source stay. */
    private static final Map<String, String> CLEAN = Map.of(
            "PYTHONPATH", "", "PYTHONHOME", "", "VIRTUAL_ENV", "", "PIP_USER", "", "PIP_TARGET", "", "PIP_PREFIX", "");

    /**
     * The environment's Python, ready to run {@code -m mlflow}.
     *
     * @throws ProcessException saying what to install, if Python is missing, too old or cannot make environments, or
     *     why pip failed
     */
    Path python(Consumer<String> progress) throws InterruptedException {
        Python base = Python.find(pythons);
        Path folder = data.servers().resolve("mlflow-%s-python%s".formatted(lockHash(), base.version()));
        Path python = folder.resolve("bin/python");
        // Several processes may ask at once; the later ones find what the first one made.
        FileMutex alone = FileMutex.acquire(folder.resolveSibling(folder.getFileName() + ".lock"), TIMEOUT)
                .orElseThrow(() -> new ProcessException("[" + folder + "] is being made by another process"));
        try {
            Path complete = folder.resolve("complete");
            if (!Files.exists(complete) || !Files.isExecutable(python)) {
                progress.accept("installing its Python packages (once, about a minute)");
                SafeFiles.deleteAll(folder);
                install(base, folder, python);
                SafeFiles.write(complete, new byte[0], SafeFiles.PRIVATE);
            }
        } finally {
            alone.release();
        }
        return python;
    }

    private void install(Python base, Path folder, Path python) throws InterruptedException {
        run("make a Python environment", List.of(base.command(), "-m", "venv", folder.toString()));
        List<String> pip = List.of(
                python.toString(),
                "-m",
                "pip",
                "install",
                "--quiet",
                "--no-input",
                "--disable-pip-version-check",
                "--no-deps",
                "--only-binary",
                ":all:",
                "--require-hashes",
                "--requirement",
                lock.toString());
        run("install the packages of " + lock, pip);
    }

    private void run(String what, List<String> command) throws InterruptedException {
        Command.Result result = new Command(command, CLEAN).run(TIMEOUT);
        if (!result.succeeded()) {
            throw new ProcessException("[mlflow] cannot %s: %s\nthe command was: %s"
                    .formatted(what, result.tail(15), String.join(" ", command)));
        }
    }

    private String lockHash() {
        try {
            return Sha256.of(Files.readAllBytes(lock)).substring(0, 12);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lock, e);
        }
    }
}
