package normlab.benchmarks.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.app.worker.StackProcesses;
import normlab.benchmarks.parity.ParityExport;
import normlab.json.Json;
import normlab.learning.ComputeDevice;

/** Measures training in processes of their own: ours, set up as slots are, and plain PyTorch's as a user starts them. */
public final class TrainingBenches {
    /** The hidden subcommand of {@code bench} that is one measured process. */
    public static final String PROCESS = "process";

    private static final String VENV = "NORMLAB_TORCH_VENV";
    private static final int BATCHES = 10;

    private final Home home;
    private final StackProcesses processes;

    public TrainingBenches(Home home) {
        this.home = home;
        this.processes = new StackProcesses(home);
    }

    public TrainingSpeed ours(TrainingLoad load) throws IOException {
        return TrainingSpeed.of(
                SideBySide.run(
                        load.processes(), slot(load, "--measure", "speed"), processes.slotEnvironment(load.threads())),
                load);
    }

    /** The operators of one process's steps, the most expensive first. */
    public List<OperatorTime> operators(TrainingLoad load, int steps) throws IOException {
        JsonNode found = one(load, "--measure", "operators", "--steps", Integer.toString(steps));
        List<OperatorTime> operators = new ArrayList<>();
        found.forEach(o -> operators.add(Json.read(Json.bytes(o), OperatorTime.class, "the measured process")));
        return operators;
    }

    /** Resident memory of one process after each of many short epochs, in MiB. */
    public List<Double> soak(TrainingLoad load, int epochs, int steps) throws IOException {
        JsonNode found = one(
                load, "--measure", "memory", "--epochs", Integer.toString(epochs), "--steps", Integer.toString(steps));
        List<Double> resident = new ArrayList<>();
        found.forEach(mebibytes -> resident.add(mebibytes.asDouble()));
        return resident;
    }

    /**
     * The same training in each of the load's processes, on one GPU if the environment names GPUs.
     *
     * @param tf32 whether float32 is multiplied in TensorFloat-32 there
     */
    public List<FixedTraining> fixed(TrainingLoad load, int steps, boolean tf32) throws IOException {
        Map<String, String> environment = new HashMap<>(processes.environment(load.threads()));
        ComputeDevice device = ComputeDevice.ofEnvironment().with(tf32);
        device.gpus().stream().findFirst().ifPresent(gpu -> environment.putAll(device.variables(gpu)));
        return SideBySide.run(
                        load.processes(),
                        slot(load, "--measure", "fixed", "--steps", Integer.toString(steps)),
                        environment)
                .stream()
                .map(found -> Json.read(Json.bytes(found), FixedTraining.class, "the measured process"))
                .toList();
    }

    /** Milliseconds to write a checkpoint of so many bytes into a store like the stack's. */
    public double checkpointUploadMillis(long bytes) throws InterruptedException {
        return CheckpointUpload.millis(home, bytes);
    }

    private JsonNode one(TrainingLoad load, String... options) throws IOException {
        return SideBySide.run(1, slot(load, options), processes.slotEnvironment(load.threads()))
                .getFirst();
    }

    private List<String> slot(TrainingLoad load, String... options) {
        List<String> arguments = new ArrayList<>(List.of("bench", PROCESS, Json.write(load)));
        arguments.addAll(List.of(options));
        return processes.slotCommand("normlab.benchmarks.Main", arguments);
    }

    /** The virtual environment with PyTorch that the user named. */
    public static Optional<Path> torch() {
        return Optional.ofNullable(System.getenv(VENV)).map(Path::of);
    }

    /** Writes the load's network and batches for {@link #torch}. The engine of this process must be configured. */
    public void export(TrainingLoad load, Path folder) throws IOException {
        try (ParityExport export = new ParityExport(BATCHES)) {
            export.write(folder, load.trial(), load.geometry());
        }
    }

    /**
     * Images a second of PyTorch in all processes together.
     *
     * @param exported by {@link #export}
     * @param mode of infra/parity/bench.py
     */
    public double torch(Path venv, Path exported, String mode, TrainingLoad load) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(venv.resolve("bin/python").toString());
        command.add(home.root().resolve("infra/parity/bench.py").toString());
        command.addAll(List.of(exported.toString(), "--mode", mode));
        command.addAll(List.of("--threads", Integer.toString(load.threads())));
        command.addAll(List.of("--seconds", Double.toString(load.seconds())));
        Map<String, String> environment = Map.of("OMP_NUM_THREADS", Integer.toString(load.threads()));
        double sum = 0;
        for (JsonNode result : SideBySide.run(load.processes(), command, environment)) {
            sum += result.required("count").asDouble()
                    / result.required("seconds").asDouble();
        }
        return sum;
    }
}
