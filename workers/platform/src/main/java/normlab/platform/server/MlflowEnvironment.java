package normlab.platform.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import normlab.platform.process.Command;
import normlab.platform.process.Environment;
import normlab.platform.process.FileMutex;
import normlab.platform.process.ProcessException;
import normlab.platform.process.SafeFiles;
import normlab.provenance.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Python environment of the MLflow server: exactly the packages of the lock, each file verified against its hash. It
 * is installed once, in a folder named after the lock's hash and the Python version, and again if it no longer has these
 * packages or does not import.
 */
final class MlflowEnvironment {
    private static final Logger LOG = LoggerFactory.getLogger(MlflowEnvironment.class);
    private static final Duration TIMEOUT = Duration.ofMinutes(20);
    private static final String PACKAGES = """
            import importlib.metadata as m
            print("\\n".join(sorted("%s==%s" % (d.metadata["Name"], d.version) for d in m.distributions())))
            """;
    private static final String IMPORT = "import mlflow.server, boto3, uvicorn";

    private final DataFolder data;
    private final Path lock;
    private final List<String> pythons;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * @param lock a pip requirements file with hashes
     * @param pythons commands to try
     */
    MlflowEnvironment(DataFolder data, Path lock, List<String> pythons) {
        this.data = data;
        this.lock = lock;
        this.pythons = pythons;
    }

    /**
     * The environment's Python, ready to run {@code -m mlflow}.
     *
     * @throws ProcessException if Python is missing, too old or cannot make environments, or if pip fails
     */
    Path python(Consumer<String> progress) throws InterruptedException {
        return installedUnless(this::hasItsPackages, progress);
    }

    /**
     * To be called before each start of the server. The first does nothing; a later one means that the server has died, and
     * installs the environment again if it does not import.
     */
    void repairAfterFailure() {
        if (!started.getAndSet(true)) {
            return;
        }
        try {
            installedUnless(this::imports, line -> LOG.warn("mlflow: {}", line));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Check {
        boolean passes(Path folder) throws InterruptedException;
    }

    private Path installedUnless(Check usable, Consumer<String> progress) throws InterruptedException {
        Python base = Python.find(pythons);
        Path folder = data.servers().resolve("mlflow-%s-python%s".formatted(lockHash(), base.version()));
        // Several processes may ask at once; the later ones find what the first one installed.
        FileMutex mutex = FileMutex.acquire(folder.resolveSibling(folder.getFileName() + ".lock"), TIMEOUT)
                .orElseThrow(() -> new ProcessException("[" + folder + "] is being installed by another process"));
        try {
            if (!usable.passes(folder)) {
                progress.accept("installing its Python packages (once, about a minute)");
                SafeFiles.deleteAll(folder);
                install(base, folder);
            }
        } finally {
            mutex.release();
        }
        return python(folder);
    }

    private static Path python(Path folder) {
        return folder.resolve("bin/python");
    }

    /** Written last, with the names and versions of the installed packages. */
    private static Path complete(Path folder) {
        return folder.resolve("complete");
    }

    private boolean hasItsPackages(Path folder) throws InterruptedException {
        try {
            return Files.isExecutable(python(folder))
                    && Files.exists(complete(folder))
                    && Files.readString(complete(folder)).equals(packages(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + complete(folder), e);
        }
    }

    private boolean imports(Path folder) throws InterruptedException {
        return hasItsPackages(folder)
                && importCheck(python(folder)).run(TIMEOUT).succeeded();
    }

    /** Without telemetry, which would also write into the user's home. */
    private static Command importCheck(Path python) {
        Map<String, String> environment = Environment.ofPython(System.getenv());
        environment.put("MLFLOW_DISABLE_TELEMETRY", "true");
        return new Command(isolated(python, "-c", IMPORT), environment);
    }

    private String packages(Path folder) throws InterruptedException {
        return new Command(isolated(python(folder), "-c", PACKAGES), Environment.ofPython(System.getenv()))
                .run(TIMEOUT)
                .output();
    }

    private void install(Python base, Path folder) throws InterruptedException {
        run(
                "make a Python environment",
                isolated(Path.of(base.command()), "-m", "venv", folder.toString()),
                Environment.ofPython(System.getenv()));
        Path python = python(folder);
        run(
                "install the packages of " + lock,
                isolated(
                        python,
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
                        lock.toString()),
                pipEnvironment(python));
        Command.Result imported = importCheck(python).run(TIMEOUT);
        if (!imported.succeeded()) {
            throw new ProcessException("[mlflow] cannot import the installed packages: " + imported.tail(15));
        }
        SafeFiles.write(complete(folder), packages(folder).getBytes(StandardCharsets.UTF_8), SafeFiles.PRIVATE);
    }

    private static Map<String, String> pipEnvironment(Path python) throws InterruptedException {
        Map<String, String> withUsersSettings = new TreeMap<>(System.getenv());
        withUsersSettings.putAll(Environment.ofPython(System.getenv()));
        Command.Result listed =
                new Command(isolated(python, "-m", "pip", "config", "list"), withUsersSettings).run(TIMEOUT);
        Map<String, String> environment = new TreeMap<>(Environment.ofPython(System.getenv()));
        environment.putAll(PipSettings.of(listed.succeeded() ? listed.output() : ""));
        return environment;
    }

    /** Python that reads neither variables nor the folders of the user, nor the working directory. */
    private static List<String> isolated(Path python, String... arguments) {
        List<String> command = new ArrayList<>(List.of(python.toString(), "-I"));
        command.addAll(List.of(arguments));
        return command;
    }

    private void run(String what, List<String> command, Map<String, String> environment) throws InterruptedException {
        Command.Result result = new Command(command, environment).run(TIMEOUT);
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
