package normlab.app.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import normlab.learning.Gpu;

/**
 * The build of PyTorch for CUDA 12.6 that {@code infra/gpu/requirements.lock} names, and where {@code gpu setup} puts it.
 *
 * @param home of the installation
 */
public record CudaBuild(Home home) {
    public static final String VERSION = "2.7.1";

    /** Of the variants of DJL's layer, the one for CUDA 12. */
    public static final String FLAVOUR = "cu128";

    /** First major version of the driver for CUDA 12: docs.nvidia.com/deploy/cuda-compatibility, minor version compatibility. */
    public static final int LEAST_DRIVER = 525;

    /** Unpacked, and the largest package as it is unpacked: measured 4,491 MiB and 784 MiB. */
    public static final long DISK_MIB = 5_400;

    /** What the libraries were compiled for, by their own list of {@code -gencode}; code for other GPUs is not among it. */
    private static final List<String> CAPABILITIES = List.of("5.0", "6.0", "7.0", "7.5", "8.0", "8.6", "9.0");

    /** Whether it has code for a GPU: compiled code runs on the same major version and the same or a later minor one. */
    public static boolean runsOn(Gpu gpu) {
        return CAPABILITIES.stream()
                .anyMatch(c -> major(c) == major(gpu.capability()) && minor(c) <= minor(gpu.capability()));
    }

    private static int major(String capability) {
        return Integer.parseInt(capability.split("\\.")[0]);
    }

    private static int minor(String capability) {
        return Integer.parseInt(capability.split("\\.")[1]);
    }

    /** All that {@code gpu setup} writes. */
    public Path folder() {
        return home.data().resolve("gpu");
    }

    /** What the launcher sets for each command: its presence means that the installation is complete. */
    public Path remembered() {
        return folder().resolve("environment");
    }

    public PyTorchInstallation natives() {
        return new PyTorchInstallation(folder().resolve("site-packages/torch/lib"));
    }

    public Path installer() {
        return home.root().resolve("infra/gpu/install");
    }

    /** Names and sizes of the packages. */
    public List<LockedPackage> packages() {
        Path lock = home.root().resolve("infra/gpu/requirements.lock");
        try {
            return Files.readAllLines(lock).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(CudaBuild::locked)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + lock, e);
        }
    }

    private static LockedPackage locked(String line) {
        return new LockedPackage(line.split(" ")[0], Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)));
    }

    /** Those that are still to be downloaded. */
    public List<LockedPackage> missing() {
        return packages().stream()
                .filter(p -> !Files.exists(folder().resolve("complete").resolve(p.requirement())))
                .toList();
    }

    /** @param requirement such as {@code torch==2.7.1} @param bytes to download */
    public record LockedPackage(String requirement, long bytes) {}
}
