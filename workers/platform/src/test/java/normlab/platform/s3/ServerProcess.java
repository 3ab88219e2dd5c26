package normlab.platform.s3;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that a test started, ready once a line of its output says so; closing ends it and its descendants. */
public final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 90;

    private final Process process;
    private final List<String> output = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<String> ready = new CompletableFuture<>();

    private ServerProcess(Process process) {
        this.process = process;
    }

    /** @param readyLine whose first group is kept as {@link #announced()} */
    public static ServerProcess start(ProcessBuilder builder, Pattern readyLine) throws IOException {
        ServerProcess server =
                new ServerProcess(builder.redirectErrorStream(true).start());
        Thread.ofVirtual().start(() -> server.read(readyLine));
        return server;
    }

    private void read(Pattern readyLine) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                Matcher matcher = readyLine.matcher(line);
                if (matcher.find()) {
                    ready.complete(matcher.group(1));
                }
            }
        } catch (IOException e) {
            output.add("reading the output ended: " + e.getMessage());
        }
        ready.completeExceptionally(new IllegalStateException("the server ended"));
    }

    /** Waits until the server is ready. */
    public String announced() {
        try {
            return ready.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the server is not ready; its output:\n" + String.join("\n", output), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server starts", e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        process.onExit().join();
    }
}
