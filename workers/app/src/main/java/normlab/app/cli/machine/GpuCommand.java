package normlab.app.cli.machine;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import normlab.app.cli.ExitCode;
import normlab.app.config.CudaBuild;
import normlab.app.config.CudaBuild.LockedPackage;
import normlab.app.config.Home;
import normlab.app.config.PyTorchInstallation;
import normlab.app.doctor.Diagnosis;
import normlab.app.doctor.GpuChecks;
import normlab.app.worker.StackProcesses;
import normlab.json.InvalidInputException;
import normlab.learning.ComputeDevice;
import normlab.learning.DeviceCheck;
import normlab.learning.Gpu;
import normlab.platform.process.SafeFiles;
import normlab.platform.stack.Stack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Installs what training on NVIDIA's GPUs needs, checks it, and removes it. */
@Command(
        name = "gpu",
        description = "Install PyTorch's libraries for CUDA, check them, or remove them.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab gpu setup --dry-run   say what would be downloaded, and whether it fits this machine",
            "  ./normlab gpu setup             from then on, campaigns train on the GPUs",
            "  NORMLAB_DEVICE=cpu ./normlab run quick   one on the processor all the same",
            "  ./normlab gpu remove"
        })
public final class GpuCommand {
    private static final String SUBJECT = "gpu setup";
    private static final String COMPUTE = "compute";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Command(
            description = {
                "Look at the GPUs and their driver, download PyTorch's libraries for CUDA and verify their hashes, compute on each"
                        + " GPU, and use the GPUs from then on. It continues where it was interrupted."
            })
    int setup(@Option(names = "--dry-run", description = "Say what would be done, and do nothing.") boolean dryRun)
            throws IOException, InterruptedException {
        Home home = Home.current();
        CudaBuild build = new CudaBuild(home);
        PrintWriter out = spec.commandLine().getOut();
        List<Diagnosis> findings = GpuChecks.of(home, true).examine();
        findings.forEach(f -> out.printf("%-16s %s%n", f.subject(), f.found()));
        List<LockedPackage> missing = build.missing();
        out.printf(
                "%nPyTorch %s for CUDA 12.6: %,d packages, %,d MB to download, %,d MiB of disk in %s%n",
                CudaBuild.VERSION,
                missing.size(),
                missing.stream().mapToLong(LockedPackage::bytes).sum() / 1_000_000,
                CudaBuild.DISK_MIB,
                build.folder());
        out.flush();
        refuse(findings);
        if (dryRun) {
            return ExitCode.DONE;
        }
        install(build);
        ComputeDevice device = ComputeDevice.ofGpus();
        for (Gpu gpu : device.gpus()) {
            out.printf("%s: %s%n", gpu.name(), compute(build, device.variables(gpu)));
        }
        Files.writeString(
                build.remembered(),
                "NORMLAB_DEVICE=gpu\nPYTORCH_VERSION=%s\nPYTORCH_FLAVOR=%s\n"
                        .formatted(CudaBuild.VERSION, CudaBuild.FLAVOUR));
        out.println("Campaigns train on the GPUs from now on: ./normlab plan quick says how long one takes.");
        out.flush();
        return ExitCode.DONE;
    }

    private static void refuse(List<Diagnosis> findings) {
        List<String> problems = findings.stream()
                .filter(f -> f.standing() == Diagnosis.Severity.PROBLEM)
                .map(f -> "%s: %s; needed: %s; %s".formatted(f.subject(), f.found(), f.needed(), f.remedy()))
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(SUBJECT, problems);
        }
    }

    private static void install(CudaBuild build) throws IOException, InterruptedException {
        ProcessBuilder installer =
                new ProcessBuilder(build.installer().toString(), build.folder().toString()).inheritIO();
        if (installer.start().waitFor() != 0) {
            throw new IOException(
                    "PyTorch's libraries could not be installed; what is complete is kept, so ./normlab gpu setup continues there");
        }
    }

    @Command(description = "Load the installed libraries in a process like a training slot, and compute with them.")
    int check() throws IOException, InterruptedException {
        CudaBuild build = new CudaBuild(Home.current());
        if (!build.missing().isEmpty()) {
            throw new InvalidInputException("gpu check", "nothing is installed, or not all of it: ./normlab gpu setup");
        }
        ComputeDevice device = ComputeDevice.ofEnvironment();
        PrintWriter out = spec.commandLine().getOut();
        if (device.gpus().isEmpty()) {
            out.println("cpu: " + compute(build, Map.of()));
        }
        for (Gpu gpu : device.gpus()) {
            out.printf("%s: %s%n", gpu.name(), compute(build, device.variables(gpu)));
        }
        out.flush();
        return ExitCode.DONE;
    }

    @Command(name = COMPUTE, hidden = true, description = "Compute on the device of the environment, in this process.")
    int compute() {
        PrintWriter out = spec.commandLine().getOut();
        out.println(DeviceCheck.compute());
        out.flush();
        return ExitCode.DONE;
    }

    /** In a process of its own: libraries that do not fit may end theirs. */
    private static String compute(CudaBuild build, Map<String, String> device)
            throws IOException, InterruptedException {
        StackProcesses processes = new StackProcesses(build.home());
        PyTorchInstallation natives = build.natives();
        ProcessBuilder slot = new ProcessBuilder(processes.slotCommand("normlab.app.Main", List.of("gpu", COMPUTE)));
        Map<String, String> environment = new HashMap<>(processes.environment(1));
        environment.put("PYTORCH_LIBRARY_PATH", natives.libraries().toString());
        environment.put("PYTORCH_VERSION", CudaBuild.VERSION);
        environment.put("PYTORCH_FLAVOR", CudaBuild.FLAVOUR);
        environment.put("LD_LIBRARY_PATH", natives.searchPath(System.getenv("LD_LIBRARY_PATH")));
        environment.put("NORMLAB_DEVICE", "cpu");
        environment.putAll(device);
        slot.environment().putAll(environment);
        Path said = Files.createTempFile("normlab-gpu", ".err");
        try {
            Process process = slot.redirectError(said.toFile()).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IOException("a process with PyTorch's libraries for CUDA ended with %d: %s"
                        .formatted(process.exitValue(), Files.readString(said).strip()));
            }
            return answer;
        } finally {
            Files.delete(said);
        }
    }

    @Command(description = "Remove the installed libraries: campaigns train on the processor again.")
    int remove() {
        Home home = Home.current();
        Path folder = new CudaBuild(home).folder();
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.exists(folder)) {
            out.println("Nothing is installed.");
        } else if (new Stack(home.stack()).state().isPresent()) {
            throw new InvalidInputException(
                    "gpu remove", "the stack is running, perhaps with them: ./normlab down first");
        } else {
            SafeFiles.deleteAll(folder);
            out.println("Removed. Campaigns train on the processor.");
        }
        out.flush();
        return ExitCode.DONE;
    }
}
