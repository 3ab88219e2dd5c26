package normlab.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PyTorchInstallationTest {
    @TempDir
    Path packages;

    @Test
    void theLoaderFindsTheNativesAndTheLibrariesOfCudaBesideThem() throws IOException {
        Path natives = Files.createDirectories(packages.resolve("torch/lib"));
        Path cudnn = Files.createDirectories(packages.resolve("nvidia/cudnn/lib"));
        Path runtime = Files.createDirectories(packages.resolve("nvidia/cuda_runtime/lib"));
        Files.createDirectories(packages.resolve("nvidia/without"));
        assertThat(new PyTorchInstallation(natives).searchPath("/usr/lib/mine"))
                .isEqualTo("%s:%s:%s:/usr/lib/mine".formatted(natives, runtime, cudnn));
        assertThat(new PyTorchInstallation(packages.resolve("other/torch/lib")).searchPath(null))
                .isEqualTo(packages.resolve("other/torch/lib").toString());
    }
}
