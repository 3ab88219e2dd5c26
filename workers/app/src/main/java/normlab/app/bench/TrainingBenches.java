package normlab.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.Home;
import normlab.app.StackProcesses;
import normlab.json.Json;
import normlab.learning.data.Geometry;
import normlab.learning.parity.ParityExport;

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
                        load.processes(),
                        processes.slotCommand("bench", PROCESS, Json.write(load)),
                        processes.slotEnvironment(load.threads())),
                load);
    }

    /** The virtual environment with PyTorch that the user named. */
    public static Optional<Path> torch() {
        return Optional.ofNullable(System.getenv(VENV)).map(Path::of);
    }

    /** Writes the load's network and batches for {@link #torch}. The engine of this process must be configured. */
    public void export(TrainingLoad load, Path folder) throws IOException {
        try (ParityExport export = new ParityExport(BATCHES)) {
            export.write(folder, load.trial(), Geometry.of(load.network()));
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
