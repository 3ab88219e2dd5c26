package normlab.app.doctor;

import java.util.ArrayList;
import java.util.List;
import normlab.app.config.CudaBuild;
import normlab.app.config.CudaBuild.LockedPackage;
import normlab.app.config.Home;
import normlab.learning.Gpu;
import normlab.learning.NvidiaSmi;

/** Whether trials can be trained on the machine's GPUs, and what to do where they cannot. */
public final class GpuChecks {
    private static final String SETUP = "./normlab gpu setup";

    private final NvidiaSmi.Answer answer;
    private final GpuSurroundings around;
    private final CudaBuild build;

    GpuChecks(NvidiaSmi.Answer answer, GpuSurroundings around, CudaBuild build) {
        this.answer = answer;
        this.around = around;
        this.build = build;
    }

    /** @param wanted whether trials are to be trained on a GPU: what is wrong is a problem then, and else a note */
    public static GpuChecks of(Home home, boolean wanted) {
        CudaBuild build = new CudaBuild(home);
        return new GpuChecks(
                NvidiaSmi.ofThisMachine().ask(), GpuSurroundings.of(build, wanted, System.getenv()), build);
    }

    /** The first line is that of the GPUs, and the only one where there are none. */
    public List<Diagnosis> examine() {
        return answer.trouble().map(words -> List.of(none(words))).orElseGet(this::found);
    }

    private Diagnosis none(String words) {
        String needed =
                around.wanted() ? "one that nvidia-smi lists" : "none; experiments for a GPU are faster with one";
        return finding("GPU", "none: " + words, needed, remedy(words));
    }

    private String remedy(String words) {
        if (words.contains("MIG divides")) {
            return "make instances (sudo nvidia-smi mig -cgi <profiles> -C), or switch MIG off (sudo nvidia-smi -mig 0)";
        }
        if (words.contains("is not a valid field")) {
            return "update NVIDIA's driver to %d or newer: this one does not say what is asked"
                    .formatted(CudaBuild.LEAST_DRIVER);
        }
        if (words.contains("version mismatch")) {
            return "restart the machine: the driver was updated while it ran";
        }
        if (around.container()) {
            return "start the container with --gpus all, on a machine with NVIDIA's driver and container toolkit";
        }
        if (words.contains("communicate with the NVIDIA driver")) {
            return "load the driver (sudo modprobe nvidia), or restart the machine after installing it";
        }
        return "with a GPU, install NVIDIA's driver, %d or newer; without one, nothing"
                .formatted(CudaBuild.LEAST_DRIVER);
    }

    private List<Diagnosis> found() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(Diagnosis.good(
                "GPU",
                String.join(
                        "; ",
                        answer.gpus().stream()
                                .map(g -> "%s, %,d MiB".formatted(g.name(), g.memoryMiB()))
                                .toList()),
                "none; experiments for a GPU are faster with one"));
        findings.add(driver());
        findings.add(libcuda());
        answer.gpus().stream().filter(g -> !CudaBuild.runsOn(g)).forEach(g -> findings.add(capability(g)));
        findings.addAll(kinds());
        findings.addAll(natives());
        return findings;
    }

    private Diagnosis driver() {
        String version = answer.gpus().getFirst().driver();
        String needed = "%d or newer, for CUDA 12".formatted(CudaBuild.LEAST_DRIVER);
        return Tools.isAtLeast(version, CudaBuild.LEAST_DRIVER, 0)
                ? Diagnosis.good("GPU driver", version, needed)
                : finding("GPU driver", version, needed, "update NVIDIA's driver");
    }

    private Diagnosis libcuda() {
        String needed = "libcuda.so.1, which comes with the driver";
        if (around.libcuda()) {
            return Diagnosis.good("GPU libcuda", "the loader finds it", needed);
        }
        String remedy = around.container()
                ? "start the container with --gpus all and NVIDIA_DRIVER_CAPABILITIES=compute,utility"
                : "install the driver's compute libraries (Debian: libcuda1; Ubuntu: libnvidia-compute-%s)"
                        .formatted(answer.gpus().getFirst().driver().split("\\.")[0]);
        return finding("GPU libcuda", "the loader does not find it", needed, remedy);
    }

    private Diagnosis capability(Gpu gpu) {
        return finding(
                "GPU capability",
                "%s has %s, for which the build has no code".formatted(gpu.name(), gpu.capability()),
                "5.0 to 9.x, those of PyTorch %s for CUDA 12.6".formatted(CudaBuild.VERSION),
                "leave it out with CUDA_VISIBLE_DEVICES; or install a build of PyTorch %s for it yourself, and set PYTORCH_LIBRARY_PATH: see docs/how-to/gpu.md"
                        .formatted(CudaBuild.VERSION));
    }

    /** A campaign's trials are planned for one kind of device. */
    private List<Diagnosis> kinds() {
        List<String> kinds = answer.gpus().stream().map(Gpu::name).distinct().toList();
        return kinds.size() == 1
                ? List.of()
                : List.of(Diagnosis.note(
                        "GPU kinds",
                        "%d: %s".formatted(kinds.size(), String.join(", ", kinds)),
                        "GPUs of one kind: the others of the first one's kind are used, and no more",
                        "choose others with CUDA_VISIBLE_DEVICES"));
    }

    private List<Diagnosis> natives() {
        List<Diagnosis> findings = new ArrayList<>();
        around.otherCuda()
                .forEach(other -> findings.add(Diagnosis.note(
                        "GPU libraries",
                        other + " is on LD_LIBRARY_PATH",
                        "CUDA 12, which a slot finds before it",
                        "unset LD_LIBRARY_PATH if a slot ends at its start")));
        boolean inUse = around.natives().filter(n -> n.hasCuda()).isPresent();
        around.natives()
                .flatMap(n -> n.version())
                .filter(version -> version.contains("+cu") && !version.contains("+cu12"))
                .ifPresent(version -> findings.add(finding(
                        "GPU natives",
                        "PyTorch " + version,
                        "a build for CUDA 12, as DJL's layer is",
                        "unset PYTORCH_LIBRARY_PATH, then " + SETUP)));
        if (!inUse) {
            findings.add(notInstalled());
        }
        return findings;
    }

    private Diagnosis notInstalled() {
        List<LockedPackage> missing = build.missing();
        long megabytes = missing.stream().mapToLong(LockedPackage::bytes).sum() / 1_000_000;
        long neededMiB = CudaBuild.DISK_MIB * missing.size() / build.packages().size();
        if (around.freeMiB() < neededMiB) {
            return finding(
                    "GPU room",
                    "%,d MiB free for .normlab".formatted(around.freeMiB()),
                    "%,d MiB for PyTorch's libraries for CUDA".formatted(neededMiB),
                    "free some, or lay .normlab on another disk");
        }
        return Diagnosis.note(
                "GPU natives",
                missing.isEmpty()
                        ? "PyTorch's libraries for CUDA are downloaded, but not in use"
                        : "PyTorch's libraries for CUDA are not installed",
                "%,d packages, %,d MB to download, into .normlab/gpu".formatted(missing.size(), megabytes),
                SETUP);
    }

    private Diagnosis finding(String subject, String found, String needed, String remedy) {
        return around.wanted()
                ? Diagnosis.problem(subject, found, needed, remedy)
                : Diagnosis.note(subject, found, needed, remedy);
    }
}
