package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import normlab.testkit.FakeNvidiaSmi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher and a worker without a supervisor set in their environment before Java starts. */
class GpuEnvironmentTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home")).toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void whatSetupRemembersIsSetForEachCommandUnlessSomebodySaysOtherwise() throws Exception {
        Path home = launcher();
        assertThat(launched(home, Map.of())).doesNotContain("PYTORCH_LIBRARY_PATH", "NORMLAB_DEVICE");

        Files.writeString(
                Files.createDirectories(home.resolve(".normlab/gpu")).resolve("environment"),
                "NORMLAB_DEVICE=gpu\nPYTORCH_VERSION=2.7.1\nPYTORCH_FLAVOR=cu128\n");
        assertThat(launched(home, Map.of()).lines())
                .contains(
                        "NORMLAB_DEVICE=gpu",
                        "PYTORCH_VERSION=2.7.1",
                        "PYTORCH_FLAVOR=cu128",
                        "NVIDIA_TF32_OVERRIDE=0",
                        "PYTORCH_LIBRARY_PATH=" + home.resolve(".normlab/gpu/site-packages/torch/lib"));
        assertThat(launched(home, Map.of("NORMLAB_DEVICE", "cpu"))).doesNotContain("PYTORCH_");
        assertThat(launched(home, Map.of("NORMLAB_DEVICE", "gpu:1")).lines())
                .contains("NORMLAB_DEVICE=gpu:1", "PYTORCH_FLAVOR=cu128");
        assertThat(launched(home, Map.of("PYTORCH_LIBRARY_PATH", "/mine")).lines())
                .contains("PYTORCH_LIBRARY_PATH=/mine")
                .noneMatch(line -> line.startsWith("NORMLAB_DEVICE"));
    }

    @Test
    void aWorkerKnowsTheLibrariesOfCudaAndComputesAsItsKeySays() throws Exception {
        Path natives = Files.createDirectories(folder.resolve("torch/lib"));
        Path cudnn = Files.createDirectories(folder.resolve("nvidia/cudnn/lib"));
        Map<String, String> installed = Map.of("PYTORCH_LIBRARY_PATH", natives.toString(), "NVIDIA_TF32_OVERRIDE", "1");
        assertThat(worker(installed).lines())
                .contains(
                        "LD_LIBRARY_PATH=%s:%s:%s".formatted(natives, cudnn, folder.resolve("cusparselt/lib")),
                        "CUBLAS_WORKSPACE_CONFIG=:4096:8",
                        "NVIDIA_TF32_OVERRIDE=0");
        assertThat(worker(Map.of("PYTORCH_LIBRARY_PATH", natives.toString(), "NORMLAB_TF32", "on"))
                        .lines())
                .contains("TORCH_ALLOW_TF32_CUBLAS_OVERRIDE=1")
                .noneMatch(line -> line.startsWith("NVIDIA_TF32_OVERRIDE"));
        assertThat(worker(Map.of())).contains("MALLOC_ARENA_MAX=1").doesNotContain("CUBLAS", "TF32");
    }

    @Test
    void workersOnOneMachineTakeAGpuEach() throws Exception {
        FakeNvidiaSmi.listing(
                folder,
                FakeNvidiaSmi.gpu(0, "NVIDIA A2", "8.6", 15_356),
                FakeNvidiaSmi.gpu(1, "NVIDIA A2", "8.6", 15_356));
        Map<String, String> variables = Map.of("NORMLAB_GPU_LOCKS", folder.toString());
        List<Process> workers = new ArrayList<>();
        try {
            for (int i = 0; i < 3; i++) {
                workers.add(started(variables, ". infra/worker-environment; echo $CUDA_VISIBLE_DEVICES; read"));
                if (i < 2) {
                    assertThat(firstLine(workers.getLast())).isEqualTo("GPU-0000000%d-0000", i);
                }
            }
            assertThat(firstLine(workers.getLast())).startsWith("normlab: other workers have every GPU");
            assertThat(workers.getLast().waitFor()).isEqualTo(2);
            // The first one ends: its GPU is free again.
            end(workers.getFirst());
            workers.add(started(variables, ". infra/worker-environment; echo $CUDA_VISIBLE_DEVICES; read"));
            assertThat(firstLine(workers.getLast())).isEqualTo("GPU-00000000-0000");
        } finally {
            for (Process worker : workers) {
                end(worker);
            }
        }
    }

    private static String firstLine(Process worker) throws IOException {
        BufferedReader reader = worker.inputReader(StandardCharsets.UTF_8);
        return reader.readLine();
    }

    /** Ends what it waits for, its input. */
    private static void end(Process worker) throws IOException, InterruptedException {
        if (worker.isAlive()) {
            worker.getOutputStream().close();
        }
        worker.waitFor();
    }

    private String worker(Map<String, String> variables) throws IOException, InterruptedException {
        return output(started(variables, ". infra/worker-environment; env"));
    }

    /** A checkout of nothing but the launcher, with a Java that prints its environment. */
    private Path launcher() throws IOException {
        Path home = Files.createDirectories(folder.resolve("checkout")).toRealPath();
        script(Files.createDirectories(home.resolve("infra")).resolve("find-jdk"), "echo " + home.resolve("jdk"));
        script(Files.createDirectories(home.resolve("jdk/bin")).resolve("java"), "env");
        for (String file : List.of("normlab", "infra/gpu-environment")) {
            Files.copy(HOME.resolve(file), home.resolve(file));
        }
        return home;
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private String launched(Path home, Map<String, String> variables) throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(variables);
        all.put("NORMLAB_BUILD", "never");
        return output(started(all, home.resolve("normlab") + " plan"));
    }

    private Process started(Map<String, String> variables, String command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", command)
                .directory(HOME.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return Stream.of(text.split("\n")).sorted().reduce("", (a, b) -> a + b + "\n");
    }
}
