package normlab.dataset;

import static normlab.dataset.UnusableDataException.Kind.UNREACHABLE;
import static normlab.dataset.UnusableDataException.absent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;

/** Runs system tools in a folder, with a time limit, and kills them when it is reached. */
final class Commands {
    private final String searchPath;
    private final Duration limit;
    private final TaskContext context;

    /** @param searchPath folders in the form of {@code PATH} */
    Commands(String searchPath, Duration limit, TaskContext context) {
        this.searchPath = searchPath;
        this.limit = limit;
        this.context = context;
    }

    /** @throws UnusableDataException if it is not on the search path */
    Path find(String name) throws UnusableDataException {
        return Arrays.stream(searchPath.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst()
                .orElseThrow(() -> absent("[%s] is not installed".formatted(name)));
    }

    /** @throws UnusableDataException if it fails or takes too long, with the last line of its output */
    void run(Path folder, Path tool, String... arguments) throws UnusableDataException, TaskInProgress {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(Stream.concat(Stream.of(tool.toString()), Arrays.stream(arguments))
                            .toList());
            builder.environment().put("LC_ALL", "C");
            builder.environment().put("PATH", searchPath);
            Process process = builder.directory(folder.toFile())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            await(process, tool);
            if (process.exitValue() != 0) {
                throw new UnusableDataException(
                        UNREACHABLE, "[%s] exited with %d: %s".formatted(tool, process.exitValue(), lastLine(output)));
            }
        } catch (IOException e) {
            throw new UnusableDataException(UNREACHABLE, "[%s] cannot run (%s)".formatted(tool, e), e);
        }
    }

    private void await(Process process, Path tool) throws UnusableDataException, TaskInProgress {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
                context.stopIfAsked();
                if (System.nanoTime() > deadline) {
                    throw new UnusableDataException(UNREACHABLE, "[%s] took longer than %s".formatted(tool, limit));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            context.stopIfAsked();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String lastLine(Path output) throws IOException {
        List<String> lines =
                Files.readString(output).lines().filter(line -> !line.isBlank()).toList();
        // A package source's address may contain a password.
        return lines.isEmpty() ? "it printed nothing" : lines.getLast().replaceAll("//[^/@\\s]*@", "//");
    }
}
