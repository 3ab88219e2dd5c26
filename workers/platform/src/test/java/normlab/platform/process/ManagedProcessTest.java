package normlab.platform.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import normlab.platform.process.ManagedProcess.Timeouts;
import normlab.platform.process.ProcessInfo.Status;
import normlab.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagedProcessTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Timeouts PATIENCE = new Timeouts(LONG, Duration.ofMillis(10), Duration.ofMillis(50));

    private final List<ManagedProcess> children = new ArrayList<>();
    private final BlockingQueue<ProcessInfo> told = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    /** A child that nobody stops starts again for ever, and writes into a folder that is being removed. */
    @AfterEach
    void stopAll() throws InterruptedException {
        for (ManagedProcess child : children) {
            child.stop();
        }
    }

    private ManagedProcess watched(ManagedProcess child) {
        children.add(child);
        return child;
    }

    private ManagedProcess child(String script, HealthCheck health, Duration grace, Duration pause) {
        ProcessSpec spec = ProcessSpec.server("tiny", List.of("sh", "-c", script), Map.of(), grace);
        return watched(new ManagedProcess(
                spec,
                health,
                new Backoff(pause, pause, LONG),
                PATIENCE,
                new LogFile(folder.resolve("tiny.log")),
                told::add));
    }

    private ProcessInfo await(Predicate<ProcessInfo> expected) throws InterruptedException {
        ProcessInfo member = told.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        while (member != null && !expected.test(member)) {
            member = told.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        if (member == null) {
            throw new AssertionError("nothing of the kind was told");
        }
        return member;
    }

    private static boolean isUp(ProcessInfo member) {
        return member.status() == Status.UP;
    }

    @Test
    void aKilledProcessIsStartedAgain() throws InterruptedException {
        ManagedProcess child = child("exec sleep 1000", HealthCheck.running(), LONG, MILLISECOND);
        child.start();
        ProcessRef first = await(ManagedProcessTest::isUp).process().orElseThrow();
        first.find().orElseThrow().destroyForcibly();
        ProcessInfo second = await(m -> isUp(m) && m.restarts() == 1);
        assertThat(second.process().orElseThrow()).isNotEqualTo(first);
        child.stop();
        assertThat(second.process().orElseThrow().isAlive()).isFalse();
    }

    @Test
    void aProcessThatRunsAndNoLongerAnswersIsKilledAndStartedAgain() throws InterruptedException {
        Path mute = folder.resolve("mute");
        ManagedProcess child = child("exec sleep 1000", () -> !mute.toFile().exists(), LONG, MILLISECOND);
        child.start();
        ProcessRef first = await(ManagedProcessTest::isUp).process().orElseThrow();
        assertThat(mute.toFile().mkdir()).isTrue();
        assertThat(await(m -> m.status() == Status.RESTARTING).note()).contains("137");
        assertThat(first.isAlive()).isFalse();
        assertThat(mute.toFile().delete()).isTrue();
        await(m -> isUp(m) && m.restarts() == 1);
        child.stop();
    }

    @Test
    void itIsUpOnlyWhenItIsHealthy() throws InterruptedException {
        Path ready = folder.resolve("ready");
        ManagedProcess child = child(
                ": > '" + ready + "'; exec sleep 1000", () -> ready.toFile().exists(), LONG, LONG);
        CompletableFuture<Void> up = child.start();
        assertThat(await(m -> true).status()).isEqualTo(Status.STARTING);
        await(ManagedProcessTest::isUp);
        assertThat(ready).exists();
        assertThat(up).succeedsWithin(LONG);
        child.stop();
    }

    @Test
    void whatDiesThreeTimesBeforeItIsReadyFailsWithTheEndOfItsLog() {
        ManagedProcess child = child("echo port is taken; exit 3", () -> false, LONG, MILLISECOND);
        assertThatThrownBy(() -> child.start().get(50, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(ProcessException.class)
                .hasMessageContaining("[tiny] exited with code 3, 3 times in a row")
                .hasMessageContaining("port is taken");
    }

    @Test
    void aCommandThatDoesNotExistIsNamed() {
        ProcessSpec spec = ProcessSpec.server("tiny", List.of("/no/such/command"), Map.of(), LONG);
        Backoff backOff = new Backoff(MILLISECOND, MILLISECOND, LONG);
        LogFile log = new LogFile(folder.resolve("tiny.log"));
        ManagedProcess child =
                watched(new ManagedProcess(spec, HealthCheck.running(), backOff, PATIENCE, log, told::add));
        assertThatThrownBy(() -> child.start().get(50, TimeUnit.SECONDS)).hasMessageContaining("/no/such/command");
    }

    @Test
    void whatIgnoresSigtermIsKilledAfterItsGrace() throws InterruptedException {
        String deaf = "trap '' TERM; : > '" + folder.resolve("deaf") + "'; while :; do sleep 1; done";
        ManagedProcess child =
                child(deaf, () -> folder.resolve("deaf").toFile().exists(), Duration.ofMillis(100), LONG);
        child.start();
        ProcessRef process = await(ManagedProcessTest::isUp).process().orElseThrow();
        child.stop();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void descendantsOfAKilledProcessDoNotOutliveIt() throws InterruptedException {
        ManagedProcess child = child("sleep 1000 & wait", HealthCheck.running(), LONG, LONG);
        child.start();
        ProcessInfo member = await(m -> isUp(m) && !m.descendants().isEmpty());
        member.process().flatMap(ProcessRef::find).orElseThrow().destroyForcibly();
        await(m -> m.status() == Status.RESTARTING);
        Eventually.holds(() -> member.descendants().stream().noneMatch(ProcessRef::isAlive));
        child.stop();
    }

    @Test
    void aStopDoesNotWaitForThePauseToEnd() throws InterruptedException {
        ManagedProcess child = child("exit 1", () -> false, LONG, Duration.ofHours(1));
        child.start();
        await(m -> m.status() == Status.RESTARTING);
        child.stop();
        assertThat(await(m -> true).status()).isEqualTo(Status.STOPPED);
    }

    @Test
    void theEnvironmentIsExactlyTheGivenOne() {
        ProcessSpec spec = new ProcessSpec("tiny", List.of("/usr/bin/env"), Map.of("ONLY", "this"), LONG);
        assertThat(spec.toString()).doesNotContain("this");
        LogFile log = new LogFile(folder.resolve("tiny.log"));
        ManagedProcess child = watched(new ManagedProcess(
                spec, () -> false, new Backoff(MILLISECOND, MILLISECOND, LONG), PATIENCE, log, told::add));
        assertThatThrownBy(() -> child.start().get(50, TimeUnit.SECONDS)).hasMessageContaining("ONLY=this");
        assertThat(folder.resolve("tiny.log")).content().doesNotContain("PATH=");
    }
}
