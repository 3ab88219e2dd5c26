package normlab.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import normlab.app.NormlabCommand;
import normlab.json.Json;
import normlab.platform.process.ProcessRef;
import normlab.platform.process.SafeFiles;
import normlab.platform.stack.StackState;
import normlab.testkit.FaultyLink.Weather;
import normlab.trial.PreparedDataset;

/**
 * One campaign that meets one fault: the vocabulary in which faults are written, and what is measured. It trains the
 * trials of the undisturbed campaign afresh.
 */
final class Drill {
    private final Laboratory laboratory;
    private final Bench bench;
    private final Instant begun = Instant.now();
    private final Map<Trial, List<Instant>> epochsBefore = new HashMap<>();
    private final String run;
    private NormlabCommand.Running command;
    private Instant blow = Instant.MAX;
    private Instant back = Instant.MAX;
    private Optional<Duration> stopped = Optional.empty();
    private boolean attemptsMayBeSpent = true;

    /** Starts the campaign. */
    Drill(Laboratory laboratory, Fault.Site site) throws Exception {
        this.laboratory = laboratory;
        laboratory.settle();
        bench = Bench.on(laboratory, site);
        Set<String> known = runs();
        command = site == Fault.Site.DAMAGED_CACHE ? runOnDamagedCache() : rerun();
        Laboratory.await("the campaign is planned", () -> !newest(known).isEmpty());
        run = newest(known);
    }

    private NormlabCommand.Running rerun() throws IOException {
        return laboratory.follow("rerun", laboratory.undisturbed(), "--json");
    }

    private NormlabCommand.Running runOnDamagedCache() throws IOException {
        List<Trial> cached = Trial.cached(laboratory.store());
        List<String> files = List.of("model.safetensors", "journal.jsonl", "training.json", "result.json");
        for (int i = 0; i < files.size(); i++) {
            flipByte(cached.get(i).folder().resolve(files.get(i)));
        }
        return laboratory.follow("run", Laboratory.EXPERIMENT, "--json");
    }

    private Set<String> runs() throws IOException {
        try (Stream<Path> runs = Files.list(laboratory.store().resolve("runs"))) {
            return new HashSet<>(
                    runs.map(run -> String.valueOf(run.getFileName())).toList());
        }
    }

    private String newest(Set<String> known) throws IOException {
        Set<String> now = runs();
        now.removeAll(known);
        return now.stream()
                .filter(name -> Files.exists(
                        laboratory.store().resolve("runs").resolve(name).resolve("plan.json")))
                .findFirst()
                .orElse("");
    }

    // When

    void awaitMidTraining() throws InterruptedException, IOException, MissedMomentException {
        String moment = "%d trials are in mid-training".formatted(bench.slots().size());
        Laboratory.await(moment, () -> isMidTraining() || areAllTrained());
        if (areAllTrained()) {
            throw new MissedMomentException(moment);
        }
    }

    private boolean areAllTrained() throws IOException {
        List<Trial> trials = trials();
        return trials.size() == Laboratory.TRIALS && trials.stream().allMatch(Trial::isTrained);
    }

    /** Stops the slots and looks: what is seen is still so when they are killed. */
    void freezeInMidTraining() throws Exception {
        while (true) {
            awaitMidTraining();
            bench.freezeSlots();
            if (isMidTraining()) {
                strike();
                return;
            }
            bench.thawSlots();
        }
    }

    /** Stops each slot as soon as it has a task: the first must not train on until the last has one. */
    void freezeBeforeTheFirstEpoch() throws Exception {
        Set<String> running = new HashSet<>(bench.slots());
        Laboratory.await("the slots have tasks", () -> {
            for (String slot : Set.copyOf(running)) {
                if (isHolding(slot) && laboratory.signal("STOP", slot)) {
                    running.remove(slot);
                }
            }
            return running.isEmpty();
        });
        for (Trial trial : trials()) {
            if (!trial.epochs().isEmpty()) {
                throw new MissedMomentException("no epoch has ended");
            }
        }
        strike();
    }

    void awaitTrained(int trials) throws InterruptedException {
        Laboratory.await(
                trials + " trials are trained",
                () -> trials().stream().filter(Trial::isTrained).count() >= trials);
        pass(Duration.ofSeconds(1));
    }

    void pass(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }

    private boolean isMidTraining() throws IOException {
        int inTraining = 0;
        for (Trial trial : trials()) {
            int epochs = trial.epochs().size();
            inTraining += epochs > 0 && epochs <= Laboratory.EPOCHS / 2 && !trial.isTrained() ? 1 : 0;
        }
        return inTraining == bench.slots().size();
    }

    // What

    void kill(String... members) throws Exception {
        strike();
        for (String member : members) {
            laboratory.signal("KILL", member);
        }
    }

    void freeze(String member) throws Exception {
        strike();
        assertThat(laboratory.signal("STOP", member)).isTrue();
    }

    void thaw(String member) throws Exception {
        assertThat(laboratory.signal("CONT", member)).isTrue();
    }

    void keepAway(Duration time, String... members) throws Exception {
        strike();
        Instant end = Instant.now().plus(time);
        while (Instant.now().isBefore(end)) {
            for (String member : members) {
                laboratory.signal("KILL", member);
            }
            Thread.sleep(50);
        }
        back = Instant.now();
    }

    /** @param killed with it */
    void killSupervisorAnd(List<String> killed) throws Exception {
        strike();
        StackState state = laboratory.running();
        assertThat(Laboratory.signal("KILL", state.supervisor().pid())).isTrue();
        for (String name : killed) {
            Laboratory.signal(
                    "KILL",
                    state.member(name).orElseThrow().process().orElseThrow().pid());
        }
    }

    void down() throws Exception {
        strike();
        assertThat(laboratory.normlab().run("down").exitCode()).isZero();
    }

    /** As {@code rm -rf .normlab/state} does under a running stack. */
    void deleteState() throws Exception {
        strike();
        ProcessRef supervisor = laboratory.running().supervisor();
        SafeFiles.deleteAll(laboratory.home().data().resolve("state"));
        Laboratory.await("the supervisor notices and ends", () -> !supervisor.isAlive());
    }

    /** As a user does who has copied the checkout of a running stack and stops the stack of the copy. */
    void downInACopy() throws Exception {
        strike();
        Path state = laboratory.home().stack().stateFile();
        Path copy = Files.createTempDirectory("normlab-copy");
        try {
            Files.createDirectory(copy.resolve("state"));
            Files.copy(state, copy.resolve("state").resolve(state.getFileName()));
            assertThat(laboratory.normlab().in(copy).run("down").exitCode()).isZero();
            laboratory.running();
        } finally {
            SafeFiles.deleteAll(copy);
        }
    }

    /** From here on the time until the campaign gets on again counts. */
    void upWith(Map<String, String> environment) throws Exception {
        back = Instant.now();
        laboratory.up(laboratory.normlab().with(environment));
    }

    /** From here on the time until the campaign gets on again counts. */
    void up() throws Exception {
        back = Instant.now();
        laboratory.up();
    }

    /** Pauses the campaign in Conductor, and waits until a command that follows it says so. */
    void pauseInConductor() throws Exception {
        NormlabCommand.Running watch = laboratory.follow("watch", run);
        strike();
        try (CampaignView view = CampaignView.of(laboratory, run)) {
            view.pause();
        }
        String told = "%s is paused in Conductor; let it continue: ./normlab resume %s".formatted(run, run);
        Laboratory.await(
                "`watch` says: " + told, () -> Files.readString(watch.err()).contains(told));
        watch.process().destroyForcibly();
    }

    void cancel() throws Exception {
        strike();
        NormlabCommand.Answer cancelled = laboratory.normlab().run("cancel", run, "--json");
        assertThat(cancelled.exitCode()).as(cancelled.err()).isZero();
        assertThat(Json.parse(cancelled.out().getBytes(StandardCharsets.UTF_8), "output")
                        .path("after")
                        .asText())
                .isEqualTo("CANCELLED");
        assertThat(command.answer().exitCode())
                .as("exit code of a cancelled campaign")
                .isEqualTo(4);
    }

    void resume() throws IOException {
        back = Instant.now();
        command = laboratory.follow("resume", run, "--json");
    }

    void withWeather(Weather weather, Duration time) throws InterruptedException, IOException {
        strike();
        bench.weather(weather);
        pass(time);
        bench.weather(Weather.FAIR);
        back = Instant.now();
    }

    void setClock(Duration fromTrueTime) throws IOException {
        strike();
        bench.setClock(fromTrueTime);
        back = Instant.now();
    }

    void withFullDisk(Duration time) throws Exception {
        strike();
        Path filler = laboratory.disk().fill();
        pass(time);
        Files.delete(filler);
        back = Instant.now();
    }

    void withReadOnlyDisk(Duration time) throws Exception {
        strike();
        laboratory.disk().readOnly(true);
        pass(time);
        laboratory.disk().readOnly(false);
        back = Instant.now();
    }

    /** Damages the newest file of each trial in training whose path has the part, and leaves what is noted beside it. */
    void flipByte(String part) throws IOException {
        for (Trial trial : epochsBefore.keySet()) {
            String newest = trial.files().stream()
                    .filter(file -> file.contains(part))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            flipByte(trial.folder().resolve(newest));
        }
    }

    void flipByteOfDataset() throws IOException {
        Path manifest;
        try (Stream<Path> files = Files.walk(laboratory.store().resolve("datasets"))) {
            manifest = files.filter(file -> file.endsWith("manifest.json"))
                    .findFirst()
                    .orElseThrow();
        }
        PreparedDataset dataset = Json.read(Files.readAllBytes(manifest), PreparedDataset.class, manifest.toString());
        flipByte(laboratory.store().resolve(dataset.train().imagesKey()));
    }

    private static void flipByte(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(file.length() / 2);
            int before = file.read();
            file.seek(file.length() / 2);
            file.write(before ^ 1);
        }
    }

    /** The blow falls now, unless it has fallen: what is in training now may be lost. */
    private void strike() throws IOException {
        if (blow.equals(Instant.MAX)) {
            for (Trial trial : trials()) {
                if (!trial.isTrained() && !trial.epochs().isEmpty()) {
                    epochsBefore.put(trial, trial.epochs());
                }
            }
            blow = Instant.now();
            back = blow;
        }
    }

    // What is expected

    void expectNoAttemptSpent() {
        attemptsMayBeSpent = false;
    }

    void expectTrainingStops(Duration within) throws InterruptedException {
        Laboratory.await(
                "no slot works on the cancelled campaign",
                within,
                () -> bench.slots().stream().noneMatch(this::isHolding));
        stopped = Optional.of(Duration.between(blow, Instant.now()));
    }

    void awaitReplaced(String member) throws InterruptedException {
        long hung = pid(member);
        Laboratory.await(member + " is replaced", () -> pid(member) != hung);
    }

    /** Waits until a task of a frozen slot has gone to another. */
    void awaitTakenOver() throws InterruptedException {
        Laboratory.await("another worker takes over", () -> {
            try (CampaignView view = CampaignView.of(laboratory, run)) {
                return view.attemptsSpent() > 0;
            }
        });
    }

    /** Wakes a frozen slot, and waits until it has let its task go. */
    void expectNoticed(String slot, Duration within) throws Exception {
        byte[] held = Files.readAllBytes(bench.journal(slot));
        thaw(slot);
        Laboratory.await(
                slot + " notices that its task went to another",
                within,
                () -> !isHolding(slot) || !Arrays.equals(held, Files.readAllBytes(bench.journal(slot))));
    }

    private boolean isHolding(String slot) {
        return Files.exists(bench.journal(slot));
    }

    private long pid(String member) {
        return laboratory
                .running()
                .member(member)
                .orElseThrow()
                .process()
                .orElseThrow()
                .pid();
    }

    private List<Trial> trials() throws IOException {
        return Trial.of(laboratory.store(), run);
    }

    /** Follows the campaign to its end. */
    Row end(Fault fault) throws Exception {
        strike();
        Laboratory.await(
                "what was in training gets on",
                () -> gotOn() || !command.process().isAlive());
        Duration recovered = Duration.between(back, Instant.now());
        NormlabCommand.Answer answer = command.answer();
        assertThat(answer.exitCode())
                .as("exit code of the command that followed; it said:%n%s%s", answer.out(), answer.err())
                .isZero();
        JsonNode ended = Laboratory.json(answer);
        assertThat(ended.path("trials").path("complete").asInt()).isEqualTo(Laboratory.TRIALS);
        Duration longer = Duration.between(begun, Instant.now()).minus(laboratory.usual());
        try (CampaignView view = CampaignView.of(laboratory, run)) {
            if (fault.site() == Fault.Site.DAMAGED_CACHE) {
                laboratory.expectTheFirstModelsInTheCache();
            } else {
                view.expectEqualModels();
                view.expectTheSameObjects();
            }
            view.expectEachPointOnceInMlflow();
            if (!attemptsMayBeSpent) {
                assertThat(view.attemptsSpent()).as("attempts spent").isZero();
            }
            return new Row(fault, recovered, epochsAgain(), view.attemptsSpent(), longer, stopped);
        }
    }

    private boolean gotOn() throws IOException {
        if (epochsBefore.isEmpty()) {
            for (Trial trial : trials()) {
                if (trial.hasMovedSince(back)) {
                    return true;
                }
            }
            return false;
        }
        for (Trial trial : epochsBefore.keySet()) {
            if (!trial.isComplete() && !trial.hasMovedSince(back)) {
                return false;
            }
        }
        return true;
    }

    /** Epochs that stood in the journal at the blow and were trained after it, as the journal says at the end. */
    private int epochsAgain() throws IOException {
        int again = 0;
        for (Map.Entry<Trial, List<Instant>> trial : epochsBefore.entrySet()) {
            List<Instant> lost = new ArrayList<>(trial.getValue());
            lost.removeAll(trial.getKey().epochs());
            again += lost.size();
        }
        return again;
    }

    /** Leaves the stack as the next drill expects it. */
    void leave() throws Exception {
        command.process().destroyForcibly();
        bench.stop();
        laboratory.settle();
    }
}
