package normlab.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import normlab.app.config.EnvironmentVariables;
import normlab.app.config.Home;
import normlab.app.config.PyTorchInstallation;
import normlab.app.config.Slots;
import normlab.provenance.Machine;

/** Memory, disk and native libraries. */
record MachineChecks(Home home) {
    private static final long LEAST_MEMORY_MIB = 4 * 1024;
    /** The first build's downloads, the MLflow environment, and a campaign. */
    private static final long LEAST_DISK_MIB = 6 * 1024;

    Diagnosis memory() {
        Machine machine = Machine.current();
        return Diagnosis.of(
                machine.memoryMiB() >= LEAST_MEMORY_MIB,
                "memory",
                "%,d MiB, %d cores: %d training slots"
                        .formatted(
                                machine.memoryMiB(),
                                machine.cores(),
                                Slots.ofThisMachine().count()),
                "%,d MiB for the servers and one slot".formatted(LEAST_MEMORY_MIB),
                "lower NORMLAB_SLOTS, or take a larger machine");
    }

    Diagnosis disk() {
        Path folder = Files.exists(home.data()) ? home.data() : home.root();
        try {
            long free = Files.getFileStore(folder).getUsableSpace() >> 20;
            return Diagnosis.of(
                    free >= LEAST_DISK_MIB,
                    "disk",
                    "%,d MiB free at %s".formatted(free, folder),
                    "%,d MiB for a small campaign; ./normlab plan says what others need".formatted(LEAST_DISK_MIB),
                    "free some, or lay .normlab on another disk");
        } catch (IOException e) {
            return Diagnosis.problem("disk", "cannot be asked: " + e.getMessage(), "a readable " + folder, "");
        }
    }

    List<Diagnosis> settings() {
        String needed = "values that can be used, and names that something reads";
        EnvironmentVariables settings = EnvironmentVariables.ofThisProcess();
        List<Diagnosis> findings = new ArrayList<>();
        settings.problems()
                .forEach(p -> findings.add(Diagnosis.problem(
                        p.subject(), String.join("; ", p.problems()), needed, "set it right or unset it")));
        settings.unknown().forEach(u -> findings.add(Diagnosis.note("settings", u, needed, "unset it")));
        if (findings.isEmpty()) {
            findings.add(Diagnosis.good(
                    "settings",
                    settings.set().isEmpty() ? "none" : settings.set().toString(),
                    needed));
        }
        return findings;
    }

    Diagnosis natives() {
        return PyTorchInstallation.ofEnvironment().map(MachineChecks::installed).orElseGet(MachineChecks::built);
    }

    /** Of a Python installation: DJL's layer is made for one version, and with another the process may end without a word. */
    static Diagnosis installed(PyTorchInstallation natives) {
        String needed = jars("pytorch-jni-")
                .map(name -> name.split("-")[2])
                .findFirst()
                .orElse("of DJL's layer, which is not in this build");
        String version = natives.version().orElse("of unknown version");
        return Diagnosis.of(
                natives.isThere() && version.startsWith(needed),
                "natives",
                natives.isThere()
                        ? "PyTorch %s, %s CUDA, in %s"
                                .formatted(version, natives.hasCuda() ? "with" : "without", natives.libraries())
                        : "no libtorch_cpu.so in " + natives.libraries(),
                "PyTorch %s in the folder torch/lib that PYTORCH_LIBRARY_PATH names".formatted(needed),
                "pip install torch==%s, or unset PYTORCH_LIBRARY_PATH; see docs/how-to/gpu.md".formatted(needed));
    }

    private static Stream<String> jars(String prefix) {
        return Stream.of(System.getProperty("java.class.path").split(":"))
                .map(jar -> String.valueOf(Path.of(jar).getFileName()))
                .filter(name -> name.startsWith(prefix));
    }

    private static Diagnosis built() {
        String platform = "%s-%s"
                .formatted(
                        System.getProperty("os.name").startsWith("Linux") ? "linux" : System.getProperty("os.name"),
                        System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"));
        List<String> found = jars("pytorch-native").toList();
        return Diagnosis.of(
                found.stream().anyMatch(name -> name.contains(platform)),
                "natives",
                found.isEmpty() ? "no PyTorch library in this build" : String.join(", ", found),
                "PyTorch for " + platform,
                "build with -Dnormlab.native.classifier=" + platform);
    }
}
