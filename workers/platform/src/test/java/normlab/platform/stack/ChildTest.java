package normlab.platform.stack;

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
import normlab.platform.stack.StackState.Member;
import normlab.platform.stack.StackState.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Patience PATIENCE = new Patience(LONG, Duration.ofMillis(10), Duration.ofMillis(50));

    private final List<Child> children = new ArrayList<>();
    private final BlockingQueue<Member> told = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    /** A child that nobody stops starts again for ever, and writes into a folder that is being removed. */
    @AfterEach
    void stopAll() throws InterruptedException {
        for (Child child : children) {
            child.stop();
        }
    }

    private Child watched(Child child) {
        children.add(child);
        return child;
    }

    private Child child(String script, HealthCheck health, Duration grace, Duration pause) {
        ProcessSpec spec = ProcessSpec.server("tiny", List.of("sh", "-c", script), Map.of(), grace);
        return watched(new Child(
                spec,
                health,
                new BackOff(pause, pause, LONG),
                PATIENCE,
                new LogFile(folder.resolve("tiny.log")),
                told::add));
    }

    private Member await(Predicate<Member> expected) throws InterruptedException {
        Member member = told.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        while (member != null && !expected.test(member)) {
            member = told.poll(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        if (member == null) {
            throw new AssertionError("nothing of the kind was told");
        }
        return member;
    }

    private static boolean isUp(Member member) {
        return member.status() == Status.UP;
    }

    @Test
    void aKilledProcessIsStartedAgain() throws InterruptedException {
        Child child = child("exec sleep 1000", HealthCheck.running(), LONG, MILLISECOND);
        child.start();
        ProcessRef first = await(ChildTest::isUp).process().orElseThrow();
        first.find().orElseThrow().destroyForcibly();
        Member second = await(m -> isUp(m) && m.restarts() == 1);
        assertThat(second.process().orElseThrow()).isNotEqualTo(first);
        child.stop();
        assertThat(second.process().orElseThrow().isAlive()).isFalse();
    }

    @Test
    void aProcessThatRunsAndNoLongerAnswersIsKilledAndStartedAgain() throws InterruptedException {
        Path mute = folder.resolve("mute");
        Child child = child("exec sleep 1000", () -> !mute.toFile().exists(), LONG, MILLISECOND);
        child.start();
        ProcessRef first = await(ChildTest::isUp).process().orElseThrow();
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
        Child child = child(
                ": > '" + ready + "'; exec sleep 1000", () -> ready.toFile().exists(), LONG, LONG);
        CompletableFuture<Void> up = child.start();
        assertThat(await(m -> true).status()).isEqualTo(Status.STARTING);
        await(ChildTest::isUp);
        assertThat(ready).exists();
        assertThat(up).succeedsWithin(LONG);
        child.stop();
    }

    @Test
    void whatDiesThreeTimesBeforeItIsReadyFailsWithTheEndOfItsLog() {
        Child child = child("echo port is taken; exit 3", () -> false, LONG, MILLISECOND);
        assertThatThrownBy(() -> child.start().get(50, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(StackException.class)
                .hasMessageContaining("[tiny] ended with exit code 3, 3 times in a row")
                .hasMessageContaining("port is taken");
    }

    @Test
    void aCommandThatDoesNotExistIsNamed() {
        ProcessSpec spec = ProcessSpec.server("tiny", List.of("/no/such/command"), Map.of(), LONG);
        BackOff backOff = new BackOff(MILLISECOND, MILLISECOND, LONG);
        LogFile log = new LogFile(folder.resolve("tiny.log"));
        Child child = watched(new Child(spec, HealthCheck.running(), backOff, PATIENCE, log, told::add));
        assertThatThrownBy(() -> child.start().get(50, TimeUnit.SECONDS)).hasMessageContaining("/no/such/command");
    }

    @Test
    void whatIgnoresSigtermIsKilledAfterItsGrace() throws InterruptedException {
        String deaf = "trap '' TERM; : > '" + folder.resolve("deaf") + "'; while :; do sleep 1; done";
        Child child = child(deaf, () -> folder.resolve("deaf").toFile().exists(), Duration.ofMillis(100), LONG);
        child.start();
        ProcessRef process = await(ChildTest::isUp).process().orElseThrow();
        child.stop();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void descendantsOfAKilledProcessDoNotOutliveIt() throws InterruptedException {
        Child child = child("sleep 1000 & wait", HealthCheck.running(), LONG, LONG);
        child.start();
        Member member = await(m -> isUp(m) && !m.descendants().isEmpty());
        member.process().flatMap(ProcessRef::find).orElseThrow().destroyForcibly();
        await(m -> m.status() == Status.RESTARTING);
        Until.holds(() -> member.descendants().stream().noneMatch(ProcessRef::isAlive));
        child.stop();
    }

    @Test
    void aStopDoesNotWaitForThePauseToEnd() throws InterruptedException {
        Child child = child("exit 1", () -> false, LONG, Duration.ofHours(1));
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
        Child child = watched(
                new Child(spec, () -> false, new BackOff(MILLISECOND, MILLISECOND, LONG), PATIENCE, log, told::add));
        assertThatThrownBy(() -> child.start().get(50, TimeUnit.SECONDS)).hasMessageContaining("ONLY=this");
        assertThat(folder.resolve("tiny.log")).content().doesNotContain("PATH=");
    }
}
