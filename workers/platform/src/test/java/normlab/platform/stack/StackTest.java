package normlab.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import normlab.platform.process.ProcessException;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessRef;
import normlab.platform.process.SafeFiles;
import normlab.platform.server.DataFolder;
import normlab.platform.stack.StackState.Phase;
import normlab.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a supervisor in a process of its own, over tiny processes in the place of servers. */
@Timeout(200)
class StackTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path root;

    private Stack stack = new Stack(new DataFolder(Path.of("")));

    @BeforeEach
    void open() {
        stack = new Stack(new DataFolder(root));
    }

    @AfterEach
    void leaveNothingRunning() throws InterruptedException {
        stack.down(progress::add);
    }

    private StackState up() throws InterruptedException {
        return stack.up(TinyStack.command(root), PATIENCE, progress::add);
    }

    private static List<ProcessRef> processes(StackState state) {
        return state.members().stream()
                .flatMap(member -> member.process().stream())
                .toList();
    }

    @Test
    void aSecondUpIsTheSameAsOne() throws InterruptedException {
        assertThat(stack.state()).isEmpty();
        StackState first = up();
        assertThat(first.phase()).isEqualTo(Phase.RUNNING);
        assertThat(first.members())
                .extracting(ProcessInfo::name)
                .containsExactlyInAnyOrder("conductor", "mlflow", "s3", "worker-0", "worker-1");
        assertThat(progress).anyMatch(line -> line.startsWith("conductor: "));
        assertThat(processes(up())).isEqualTo(processes(first));
        assertThat(stack.state()).isPresent();

        assertThat(stack.down(progress::add)).isTrue();
        assertThat(stack.state()).isEmpty();
        assertThat(processes(first)).noneMatch(ProcessRef::isAlive);
        assertThat(stack.down(progress::add)).isFalse();

        assertThat(up().endpoints()).isEqualTo(first.endpoints());
    }

    @Test
    void aServerThatIsBeingStartedAgainIsWaitedFor() throws Exception {
        ProcessRef first = up().member("conductor").orElseThrow().process().orElseThrow();
        ProcessHandle conductor = first.find().orElseThrow();
        conductor.destroyForcibly();
        conductor.onExit().get(50, TimeUnit.SECONDS);

        ProcessInfo settled = stack.settled(Set.of("conductor", "s3"), PATIENCE, progress::add)
                .orElseThrow()
                .member("conductor")
                .orElseThrow();
        assertThat(progress).contains("waiting for conductor to be up");
        assertThat(settled.status()).isEqualTo(ProcessInfo.Status.UP);
        assertThat(settled.process()).isPresent().get().isNotEqualTo(first);
        assertThat(stack.settled(Set.of("conductor", "never"), Duration.ZERO, progress::add))
                .isPresent();
        stack.down(progress::add);
        assertThat(stack.settled(Set.of("conductor"), PATIENCE, progress::add)).isEmpty();
    }

    @Test
    void twoUpsAtOnceMakeOneStack() throws Exception {
        CompletableFuture<StackState> one = CompletableFuture.supplyAsync(this::upUnchecked);
        CompletableFuture<StackState> other = CompletableFuture.supplyAsync(this::upUnchecked);
        assertThat(one.get(100, TimeUnit.SECONDS).supervisor())
                .isEqualTo(other.get(100, TimeUnit.SECONDS).supervisor());
    }

    private StackState upUnchecked() {
        try {
            return up();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatAKilledSupervisorLeftIsRemoved() throws Exception {
        StackState first = up();
        ProcessHandle supervisor = first.supervisor().find().orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get(50, TimeUnit.SECONDS);
        assertThat(processes(first)).allMatch(ProcessRef::isAlive);
        assertThat(stack.state()).isEmpty();

        StackState second = up();
        assertThat(processes(first)).noneMatch(ProcessRef::isAlive);
        assertThat(second.supervisor()).isNotEqualTo(first.supervisor());
        assertThat(processes(second)).allMatch(ProcessRef::isAlive);
    }

    @Test
    void downRemovesWhatAKilledSupervisorLeft() throws Exception {
        StackState state = up();
        List<ProcessRef> all = new ArrayList<>(processes(state));
        state.members().forEach(member -> all.addAll(member.descendants()));
        ProcessHandle supervisor = state.supervisor().find().orElseThrow();
        supervisor.destroyForcibly();
        supervisor.onExit().get(50, TimeUnit.SECONDS);
        assertThat(stack.down(progress::add)).isTrue();
        assertThat(all).noneMatch(ProcessRef::isAlive);
    }

    @Test
    void aSupervisorThatEndsAtOnceIsQuoted() {
        List<String> broken = List.of("sh", "-c", "echo no such class; exit 1");
        assertThatThrownBy(() -> stack.up(broken, PATIENCE, progress::add))
                .isInstanceOf(ProcessException.class)
                .hasMessageContaining("the supervisor ended before the stack was up")
                .hasMessageContaining("no such class");
    }

    @Test
    void aCopyOfTheFolderHasNoPartInTheStack(@TempDir Path copy) throws Exception {
        StackState original = up();
        copyState(copy);
        Stack ofCopy = new Stack(new DataFolder(copy));

        assertThat(ofCopy.state()).isEmpty();
        assertThat(ofCopy.down(progress::add)).isFalse();
        StackState second = ofCopy.up(TinyStack.command(copy), PATIENCE, progress::add);
        assertThat(second.supervisor()).isNotEqualTo(original.supervisor());
        assertThat(second.endpoints()).isNotEqualTo(original.endpoints());
        assertThat(ofCopy.down(progress::add)).isTrue();
        assertThat(processes(original)).isNotEmpty().allMatch(ProcessRef::isAlive);
    }

    private void copyState(Path copy) throws IOException {
        Path target = new DataFolder(copy).stateFile();
        Files.createDirectories(target.getParent());
        Files.copy(new DataFolder(root).stateFile(), target);
    }

    @Test
    void aSupervisorWhoseFolderIsDeletedEndsWithItsProcesses() throws Exception {
        StackState first = up();
        SafeFiles.deleteAll(root.resolve("state"));

        Eventually.holds(() -> processes(first).stream().noneMatch(ProcessRef::isAlive));
        Eventually.holds(() -> !first.supervisor().isAlive());
        assertThat(new DataFolder(root).stateFile()).doesNotExist();
    }

    @Test
    void aForgottenSupervisorLeavesTheStateOfItsSuccessorAlone() throws Exception {
        StackState first = up();
        SafeFiles.deleteAll(root.resolve("state"));
        StackState second = up();

        Eventually.holds(() -> !first.supervisor().isAlive());
        assertThat(stack.state().orElseThrow().supervisor()).isEqualTo(second.supervisor());
        assertThat(processes(second)).isNotEmpty().allMatch(ProcessRef::isAlive);
        assertThat(processes(first)).noneMatch(ProcessRef::isAlive);
    }

    @Test
    void aSupervisorWhoseFolderIsMovedEndsWithItsProcesses(@TempDir Path elsewhere) throws Exception {
        StackState first = up();
        Path moved = elsewhere.resolve("moved");
        Files.move(root.resolve("state"), moved);

        Eventually.holds(() -> processes(first).stream().noneMatch(ProcessRef::isAlive));
    }
}
