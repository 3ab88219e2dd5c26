package normlab.app.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import normlab.app.config.CudaBuild;
import normlab.app.config.PyTorchInstallation;

/**
 * What decides, besides the GPUs themselves, whether they can be used.
 *
 * @param wanted whether trials are to be trained on a GPU: what is wrong is a problem then, and else a note
 * @param container whether this process runs in one
 * @param libcuda whether the dynamic loader finds the driver's library
 * @param otherCuda libraries of another CUDA on the user's {@code LD_LIBRARY_PATH}
 * @param natives installation of PyTorch that is used in place of the build's
 * @param freeMiB on the disk of {@code .normlab}
 */
record GpuSurroundings(
        boolean wanted,
        boolean container,
        boolean libcuda,
        List<String> otherCuda,
        Optional<PyTorchInstallation> natives,
        long freeMiB) {
    private static final String LIBCUDA = "libcuda.so.1";
    private static final Pattern RUNTIME = Pattern.compile("libcudart\\.so\\.(\\d+).*");
    private static final String OURS = "12";

    static GpuSurroundings of(CudaBuild build, boolean wanted, Map<String, String> environment) {
        List<Path> searched = Stream.of(
                        environment.getOrDefault("LD_LIBRARY_PATH", "").split(":"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .filter(Files::isDirectory)
                .toList();
        boolean libcuda = searched.stream().anyMatch(folder -> Files.exists(folder.resolve(LIBCUDA)))
                || Tools.answer(5, "sh", "-c", "PATH=$PATH:/sbin:/usr/sbin ldconfig -p")
                        .filter(list -> list.contains(LIBCUDA))
                        .isPresent();
        Path folder = Files.exists(build.home().data())
                ? build.home().data()
                : build.home().root();
        try {
            return new GpuSurroundings(
                    wanted,
                    Files.exists(Path.of("/.dockerenv")) || Files.exists(Path.of("/run/.containerenv")),
                    libcuda,
                    otherCuda(searched),
                    PyTorchInstallation.ofEnvironment(),
                    Files.getFileStore(folder).getUsableSpace() >> 20);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the free space of " + folder, e);
        }
    }

    /** The CUDA runtimes of other major versions in these folders. */
    static List<String> otherCuda(List<Path> folders) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> RUNTIME.matcher(file.getFileName().toString()))
                        .filter(Matcher::matches)
                        .filter(version -> !version.group(1).equals(OURS))
                        .map(version -> "CUDA " + version.group(1) + " in " + folder)
                        .distinct()
                        .forEach(found::add);
            }
        }
        return found;
    }
}
