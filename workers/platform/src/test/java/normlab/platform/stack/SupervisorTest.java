package normlab.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessInfo;
import normlab.platform.server.DataFolder;
import normlab.platform.stack.StackState.Phase;
import normlab.testkit.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(100)
class SupervisorTest {
    @TempDir
    Path root;

    private Optional<StackState> written() {
        return new StateFile(new DataFolder(root)).read();
    }

    private static CompletableFuture<Void> run(Supervisor supervisor) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        supervisor.run();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    @Test
    void workersStopFirstThenTheServersInOrder() throws Exception {
        BlockingQueue<StackState> healthy = new LinkedBlockingQueue<>();
        Supervisor supervisor = TinyStack.supervisor(root, healthy::add);
        CompletableFuture<Void> run = run(supervisor);
        assertThat(healthy.poll(50, TimeUnit.SECONDS))
                .extracting(
                        state -> state.members().stream().map(ProcessInfo::name).toList())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(String.class))
                .containsExactlyInAnyOrder("conductor", "mlflow", "s3");
        new StartupWaiter(new StateFile(new DataFolder(root)), new DataFolder(root), () -> true, line -> {})
                .await(System.nanoTime() + TimeUnit.SECONDS.toNanos(50));
        awaitTraps("worker-0", "worker-1");
        supervisor.stop();
        run.get(50, TimeUnit.SECONDS);
        List<String> ends = Files.readAllLines(TinyStack.ends(root));
        assertThat(ends.subList(0, 2)).containsExactlyInAnyOrder("worker-0", "worker-1");
        assertThat(ends.subList(2, ends.size())).containsExactly("conductor", "mlflow", "s3");
        assertThat(written().orElseThrow().phase()).isEqualTo(Phase.STOPPED);
    }

    /** Workers count as up as soon as they run, which may be before they can note their end. */
    private void awaitTraps(String... workers) throws InterruptedException {
        for (String worker : workers) {
            Path trap = Path.of(TinyStack.ends(root) + "." + worker);
            Eventually.holds(() -> Files.exists(trap));
        }
    }

    @Test
    void whenTheCallbackFailsNothingIsLeftRunning() throws IOException {
        CompletableFuture<Void> run = run(TinyStack.supervisor(root, state -> {
            throw new ProcessException("no bucket today");
        }));
        assertThatThrownBy(() -> run.get(50, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseMessage("no bucket today");
        assertThat(Files.readAllLines(TinyStack.ends(root))).containsExactly("conductor", "mlflow", "s3");
        StackState last = written().orElseThrow();
        assertThat(last.phase()).isEqualTo(Phase.FAILED);
        assertThat(last.problem()).contains("no bucket today");
    }

    @Test
    void aSecondSupervisorOfTheSameRootIsRefused() throws Exception {
        BlockingQueue<StackState> healthy = new LinkedBlockingQueue<>();
        Supervisor first = TinyStack.supervisor(root, healthy::add);
        CompletableFuture<Void> run = run(first);
        assertThat(healthy.poll(50, TimeUnit.SECONDS)).isNotNull();
        assertThatThrownBy(() -> TinyStack.supervisor(root, healthy::add).run())
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("already has a supervisor");
        first.stop();
        run.get(50, TimeUnit.SECONDS);
    }
}
