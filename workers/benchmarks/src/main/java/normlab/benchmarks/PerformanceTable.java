package normlab.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import normlab.benchmarks.training.MemoryGrowth;
import normlab.benchmarks.training.SlotMemory;
import normlab.benchmarks.training.TrainingBenches;
import normlab.benchmarks.training.TrainingLoad;
import normlab.benchmarks.training.TrainingSpeed;
import normlab.experiment.Precision;
import normlab.experiment.TrialSpec;
import normlab.provenance.Machine;

/**
 * The table of speed and memory targets, as Markdown. Measurements that are compared take turns, because a machine's speed
 * varies by more than the differences.
 */
final class PerformanceTable {
    private static final List<String> TORCH_MODES = List.of("eager", "channels_last", "compiled");
    private static final List<String> AUTOCAST = List.of("autocast");
    private static final String NARROW = "bfloat16";
    private static final double MOST_MEMORY_MIB = 1.2 * 1024;
    private static final int CHECKPOINT_SECONDS = 300;
    private static final int SOAK_EPOCHS = 200;
    private static final int SOAK_STEPS = 2;
    private static final int DECODER_ROUNDS = 10;

    private final TrainingBenches benches;
    private final SlotMemory memory;
    private final Path scratch;
    private final int rounds;
    private final Consumer<String> progress;
    private final List<String> lines = new ArrayList<>();

    /** @param scratch a folder for what PyTorch reads */
    PerformanceTable(TrainingBenches benches, SlotMemory memory, Path scratch, int rounds, Consumer<String> progress) {
        this.benches = benches;
        this.memory = memory;
        this.scratch = scratch;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Loads to measure against each other; the first is the base. */
    record Loads(TrainingLoad bn, TrainingLoad cbn, TrainingLoad white, TrainingLoad oneProcess) {}

    /**
     * @param residual network and batch whose memory, checkpoints and speed have targets of their own
     * @param large of ILSVRC's images, which are decoded on the way
     */
    String measure(Loads quick, TrainingLoad residual, TrainingLoad large) throws IOException, InterruptedException {
        Machine machine = Machine.current();
        lines.add("%s, %d cores".formatted(machine.processor(), machine.cores()));
        lines.add("");
        lines.add("| measure | ours | compared with | ratio | target | |");
        lines.add("|---|---|---|---|---|---|");
        quick(quick);
        residual(residual);
        narrow(quick.bn(), 1.25);
        narrow(residual, 1.5);
        soak(residual);
        wholeDatasets();
        decoding(large);
        return String.join("\n", lines) + "\n";
    }

    private void quick(Loads loads) throws IOException {
        Map<String, TrainingLoad> ours = new LinkedHashMap<>();
        ours.put("BN", loads.bn());
        ours.put("CBN", loads.cbn());
        ours.put("whitened CBN", loads.white());
        ours.put("one process", loads.oneProcess());
        Map<String, Double> torch = new LinkedHashMap<>();
        Map<String, List<TrainingSpeed>> speeds = turns(ours, loads.bn(), TORCH_MODES, torch);
        double bn = mean(of(speeds, "BN"));
        String name = name(loads.bn());
        best(torch)
                .ifPresent(best -> row(
                        name + ", images/s, against PyTorch's best mode",
                        bn,
                        best.getValue(),
                        best.getKey(),
                        bn / best.getValue(),
                        1.15,
                        true));
        torch.forEach((mode, rate) -> row(name + ", images/s", bn, rate, mode, bn / rate, Double.NaN, true));
        double one = mean(of(speeds, "one process"));
        row(
                "%d one-thread processes against one process, images/s"
                        .formatted(loads.bn().processes()),
                bn,
                one,
                "%d threads".formatted(loads.oneProcess().threads()),
                bn / one,
                1,
                true);
        double cbn = mean(of(speeds, "CBN"));
        row("CBN (our reconstruction) ÷ BN, step time", 1e3 / cbn, 1e3 / bn, "BN, ms per image", bn / cbn, 1.05, false);
        double whitened = mean(of(speeds, "whitened CBN"));
        row("whitened CBN ÷ BN, step time", 1e3 / whitened, 1e3 / bn, "BN, ms per image", bn / whitened, 1.5, false);
        TrainingSpeed base = of(speeds, "BN").getLast();
        row(
                "input alone ÷ training, images/s",
                base.readPerSecond(),
                bn,
                "training",
                base.readPerSecond() / bn,
                10,
                true);
        lines.add(number("| evaluation, images/s | %,.0f | | | | |", base.evaluatedPerSecond()));
        lines.add(number("| training, GFLOP/s | %,.0f | | %.2f of the peak | | |", base.gflops(), base.peakFraction()));
        lines.add(number(
                "| from a slot's start to its first step, s | %.1f | | | ≤ 4 | %s |",
                base.startSeconds(), verdict(base.startSeconds() <= 4)));
    }

    private void residual(TrainingLoad load) throws IOException, InterruptedException {
        Map<String, Double> torch = new LinkedHashMap<>();
        List<TrainingSpeed> speeds = of(turns(Map.of("BN", load), load, TORCH_MODES, torch), "BN");
        double bn = mean(speeds);
        Map<String, Double> targets = Map.of("eager", 1.4, "channels_last", 1.1);
        torch.forEach((mode, rate) -> row(
                name(load) + ", images/s", bn, rate, mode, bn / rate, targets.getOrDefault(mode, Double.NaN), true));
        double memory = speeds.getLast().peakMemoryMiB();
        lines.add(number(
                "| %s, resident memory of a slot, MiB | %,.0f | | | ≤ %,.0f | %s |",
                name(load), memory, MOST_MEMORY_MIB, verdict(memory <= MOST_MEMORY_MIB)));
        lines.add(number(
                "| %s, GFLOP/s | %,.0f | | %.2f of the peak | | |",
                name(load), speeds.getLast().gflops(), speeds.getLast().peakFraction()));
        checkpoint(load, speeds.getLast());
    }

    /** The load in both precisions. Where the processor has no arithmetic for bfloat16, there are no targets. */
    private void narrow(TrainingLoad load, double target) throws IOException {
        boolean fast = Precision.BFLOAT16.isFastOn(Machine.current().deviceClass());
        Map<String, TrainingLoad> ours = new LinkedHashMap<>();
        ours.put("float32", load);
        ours.put(NARROW, load.in(Precision.BFLOAT16));
        Map<String, Double> torch = new LinkedHashMap<>();
        Map<String, List<TrainingSpeed>> speeds = turns(ours, load, AUTOCAST, torch);
        double narrow = mean(of(speeds, NARROW));
        double wide = mean(of(speeds, "float32"));
        String measure = name(load) + (fast ? ", bfloat16" : ", bfloat16 without arithmetic for it");
        row(measure + ", images/s", narrow, wide, "float32", narrow / wide, fast ? target : Double.NaN, true);
        torch.forEach((mode, rate) ->
                row(measure + ", images/s", narrow, rate, mode, narrow / rate, fast ? 1 : Double.NaN, true));
        double memory = of(speeds, NARROW).getLast().peakMemoryMiB();
        double others = of(speeds, "float32").getLast().peakMemoryMiB();
        row(
                measure + ", memory of a slot, MiB",
                memory,
                others,
                "float32",
                memory / others,
                fast ? 1 : Double.NaN,
                false);
    }

    private void checkpoint(TrainingLoad load, TrainingSpeed speed) throws InterruptedException {
        double millis = speed.checkpointMillis() + benches.checkpointUploadMillis(speed.checkpointBytes());
        double share = millis / 1e3 / CHECKPOINT_SECONDS;
        lines.add(number(
                "| %s, encoding and storing a checkpoint of %.1f MiB, ms | %,.0f | every %d s of training | %.5f | ≤"
                        + " 0.01 | %s |",
                load.network(),
                speed.checkpointBytes() / 1024.0 / 1024,
                millis,
                CHECKPOINT_SECONDS,
                share,
                verdict(share <= 0.01)));
    }

    private void soak(TrainingLoad load) throws IOException {
        MemoryGrowth growth = new MemoryGrowth(benches.soak(load, SOAK_EPOCHS, SOAK_STEPS));
        progress.accept(number("%s, soak: %+.1f MiB", load.network(), growth.growthOfSecondHalf()));
        lines.add(number(
                "| %s, batch %d, memory growth over the last %d of %d epochs, MiB | %+.1f | resident: %,.0f | | flat |"
                        + " %s |",
                load.network(),
                load.batch(),
                SOAK_EPOCHS / 2,
                SOAK_EPOCHS,
                growth.growthOfSecondHalf(),
                growth.mebibytes().getLast(),
                verdict(growth.flat())));
    }

    private void wholeDatasets() throws IOException, InterruptedException {
        for (String experiment : List.of("paper-cifar10", "paper-cifar100")) {
            for (SlotMemory.Compared each : memory.compare(experiment, SOAK_STEPS)) {
                TrialSpec trial = each.trial().spec();
                progress.accept(number("%s, %s: %,.0f MiB", experiment, trial.network(), each.measured()));
                lines.add(number(
                        "| %s on the whole of %s, batch %d, peak memory of a slot, MiB | %,.0f | plan: %,.0f | %.2f |"
                                + " within 10 %% | %s |",
                        trial.network(),
                        trial.dataset().name(),
                        trial.recipe().batchSize(),
                        each.measured(),
                        each.planned(),
                        each.measured() / each.planned(),
                        verdict(Math.abs(each.measured() / each.planned() - 1) <= 0.1)));
            }
        }
    }

    private void decoding(TrainingLoad load) throws IOException, InterruptedException {
        double training = benches.ours(load).imagesPerSecond() / load.processes();
        double decoded = DecoderBenchmark.run(1, DECODER_ROUNDS).imagesPerSecondAndThread();
        row(
                "ILSVRC2012 decoding ÷ training, images/s per core",
                decoded,
                training,
                load.network() + " on the processor",
                decoded / training,
                3,
                true);
    }

    /** All of ours and PyTorch's modes, one after the other, so many times. @param torch gets images/s by mode */
    private Map<String, List<TrainingSpeed>> turns(
            Map<String, TrainingLoad> ours, TrainingLoad compared, List<String> modes, Map<String, Double> torch)
            throws IOException {
        Map<String, List<TrainingSpeed>> speeds = new LinkedHashMap<>();
        Optional<Path> venv = TrainingBenches.torch();
        Path exported = scratch.resolve(compared.network());
        if (venv.isPresent()) {
            benches.export(compared, exported);
        }
        for (int round = 1; round <= rounds; round++) {
            for (Map.Entry<String, TrainingLoad> each : ours.entrySet()) {
                TrainingSpeed speed = benches.ours(each.getValue());
                speeds.computeIfAbsent(each.getKey(), k -> new ArrayList<>()).add(speed);
                progress.accept(number(
                        "%s, %s: %,.0f images/s", name(each.getValue()), each.getKey(), speed.imagesPerSecond()));
            }
            for (String mode : venv.isPresent() ? modes : List.<String>of()) {
                double rate = benches.torch(venv.get(), exported, mode, compared);
                torch.merge(mode, rate / rounds, Double::sum);
                progress.accept(number("%s, PyTorch %s: %,.0f images/s", name(compared), mode, rate));
            }
        }
        return speeds;
    }

    private static Optional<Map.Entry<String, Double>> best(Map<String, Double> torch) {
        return torch.entrySet().stream().max(Map.Entry.comparingByValue());
    }

    private static double mean(List<TrainingSpeed> speeds) {
        return speeds.stream()
                .mapToDouble(TrainingSpeed::imagesPerSecond)
                .average()
                .orElseThrow();
    }

    private static List<TrainingSpeed> of(Map<String, List<TrainingSpeed>> speeds, String name) {
        return Objects.requireNonNull(speeds.get(name), name);
    }

    private static String name(TrainingLoad load) {
        return "%s, batch %d, %d × %s"
                .formatted(
                        load.network(),
                        load.batch(),
                        load.processes(),
                        load.threads() == 1 ? "1 thread" : load.threads() + " threads");
    }

    /** @param target NaN where there is none @param atLeast otherwise it is the most that the ratio may be */
    private void row(
            String measure, double ours, double other, String what, double ratio, double target, boolean atLeast) {
        String aim = Double.isNaN(target) ? "" : number(atLeast ? "≥ %.2f" : "≤ %.2f", target);
        String verdict = Double.isNaN(target) ? "" : verdict(atLeast ? ratio >= target : ratio <= target);
        lines.add(
                number("| %s | %,.4g | %s: %,.4g | %.2f | %s | %s |", measure, ours, what, other, ratio, aim, verdict));
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "**not reached**";
    }

    private static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
