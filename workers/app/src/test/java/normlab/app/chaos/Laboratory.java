package normlab.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import normlab.app.NormlabCommand;
import normlab.app.config.Home;
import normlab.json.Json;
import normlab.platform.process.ProcessInfo;
import normlab.platform.process.ProcessInfo.Status;
import normlab.platform.stack.Stack;
import normlab.platform.stack.StackState;
import normlab.platform.stack.StackState.Phase;

/** An embedded stack of its own, with two slots, on which things may die; and the campaign that nothing disturbed. */
final class Laboratory {
    static final String EXPERIMENT = "drill";
    static final int TRIALS = 4;
    static final int EPOCHS = 30;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Home home;
    private final NormlabCommand normlab;
    private final Disk disk;
    private final Map<String, String> firstModels = new TreeMap<>();
    private String undisturbed = "";
    private Duration usual = Duration.ZERO;
    private final Queue<Process> followers = new ConcurrentLinkedQueue<>();
    private boolean stopped;

    Laboratory(Path checkout, Path data) {
        home = new Home(checkout, data);
        normlab = new NormlabCommand(checkout, data, 2);
        disk = new Disk(data.resolve("data/s3"));
    }

    /** Starts from nothing. Ends with this process, however that ends but SIGKILL. */
    void open() throws IOException, InterruptedException {
        Path data = home.data();
        clearUp();
        deleteAll(data);
        Files.createDirectories(data);
        Path servers = Files.createDirectories(home.root().resolve(".normlab/servers"));
        Files.createSymbolicLink(data.resolve("servers"), servers);
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop " + data));
        disk.mount();
    }

    /** Ends what an earlier one, killed, has left running and mounted. */
    void clearUp() throws IOException, InterruptedException {
        if (Files.exists(home.data())) {
            normlab.run("down");
            disk.unmount();
        }
    }

    /** Runs the experiment twice undisturbed: for its models, and for the time that training them afresh takes. */
    void runUndisturbed() throws IOException, InterruptedException {
        NormlabCommand.Answer first = follow("run", EXPERIMENT, "--json").answer();
        assertThat(first.exitCode()).as(first.err()).isZero();
        undisturbed = json(first).path("run").asText();
        for (Trial trial : Trial.cached(store())) {
            firstModels.put(trial.key(), trial.modelSha256());
        }
        Instant begun = Instant.now();
        NormlabCommand.Answer again = follow("rerun", undisturbed, "--json").answer();
        assertThat(again.exitCode()).as(again.err()).isZero();
        usual = Duration.between(begun, Instant.now());
    }

    String undisturbed() {
        return undisturbed;
    }

    /** The trials that any campaign finds are those of the undisturbed one, to the byte. */
    void expectTheFirstModelsInTheCache() throws IOException {
        for (Trial trial : Trial.cached(store())) {
            assertThat(trial.isComplete()).isTrue();
            assertThat(trial.modelSha256()).as("model of " + trial.key()).isEqualTo(firstModels.get(trial.key()));
        }
    }

    /** How long the campaign takes when nothing happens, its command included. */
    Duration usual() {
        return usual;
    }

    Home home() {
        return home;
    }

    Disk disk() {
        return disk;
    }

    NormlabCommand normlab() {
        return normlab;
    }

    /** Starts a command that follows a campaign, and ends with this laboratory at the latest. */
    NormlabCommand.Running follow(String... arguments) throws IOException {
        NormlabCommand.Running command = normlab.start(arguments);
        followers.add(command.process());
        return command;
    }

    static JsonNode json(NormlabCommand.Answer answer) {
        return Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "the command's output");
    }

    Optional<StackState> stack() {
        return new Stack(home.stack()).state();
    }

    StackState running() {
        return stack().orElseThrow(() -> new IllegalStateException("the stack does not run"));
    }

    /** The folder of the store's bucket. */
    Path store() {
        return home.data().resolve("data/s3/normlab");
    }

    Path log(String member) {
        return home.stack().log(member);
    }

    void up() throws IOException, InterruptedException {
        up(normlab);
    }

    void up(NormlabCommand command) throws IOException, InterruptedException {
        NormlabCommand.Answer answer = command.run("up");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        await("all processes are up", () -> stack().filter(Laboratory::isWhole).isPresent());
    }

    /** Between drills: the stack is whole, and no campaign runs on it. */
    void settle() throws Exception {
        if (stack().isPresent()) {
            for (ProcessInfo member : running().members()) {
                signal("CONT", member.name());
            }
        }
        up();
        CampaignView.cancelAll(this);
    }

    private static boolean isWhole(StackState state) {
        return state.phase() == Phase.RUNNING
                && state.members().stream().allMatch(member -> member.status() == Status.UP)
                && state.members().stream().allMatch(member -> member.process().isPresent());
    }

    /**
     * Sends a signal to a process of the stack, if it lives. One that is to stand still does so with its children: they
     * would answer in its place.
     *
     * @return whether it lived
     */
    boolean signal(String signal, String member) throws IOException, InterruptedException {
        Optional<Long> pid =
                running().member(member).flatMap(ProcessInfo::process).map(process -> process.pid());
        if (pid.isEmpty()) {
            return false;
        }
        if (!signal.equals("KILL")) {
            List<ProcessHandle> children = ProcessHandle.of(pid.get()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .toList();
            for (ProcessHandle child : children) {
                signal(signal, child.pid());
            }
        }
        return signal(signal, pid.get());
    }

    /** @return whether the process was there */
    static boolean signal(String signal, long pid) throws IOException, InterruptedException {
        List<String> command = List.of("kill", "-" + signal, Long.toString(pid));
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** What may fail while files come and go. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    static void await(String what, Condition condition) throws InterruptedException {
        await(what, PATIENCE, condition);
    }

    static void await(String what, Duration patience, Condition condition) throws InterruptedException {
        Instant end = Instant.now().plus(patience);
        while (!holds(condition)) {
            assertThat(Instant.now())
                    .as("%s, within %d s", what, patience.toSeconds())
                    .isBefore(end);
            Thread.sleep(20);
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (Exception changesMeanwhile) {
            return false;
        }
    }

    /** Leaves no process and nothing mounted; a second call does nothing. */
    synchronized void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        followers.forEach(Process::destroyForcibly);
        try {
            clearUp();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
