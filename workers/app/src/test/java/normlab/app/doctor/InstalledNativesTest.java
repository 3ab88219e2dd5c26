package normlab.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import normlab.app.config.PyTorchInstallation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledNativesTest {
    @TempDir
    private Path packages;

    @Test
    void nativesOfTheVersionThatTheLayerIsMadeForAreGood() throws IOException {
        Diagnosis finding = MachineChecks.installed(installation("2.7.1+cu128"));
        assertThat(finding.standing()).isEqualTo(Diagnosis.Severity.GOOD);
        assertThat(finding.found()).contains("PyTorch 2.7.1+cu128, with CUDA");
    }

    @Test
    void nativesOfAnotherVersionAreAProblemWithItsRemedy() throws IOException {
        Diagnosis finding = MachineChecks.installed(installation("2.9.0+cpu"));
        assertThat(finding.standing()).isEqualTo(Diagnosis.Severity.PROBLEM);
        assertThat(finding.found()).contains("2.9.0+cpu");
        assertThat(finding.remedy()).contains("torch==2.7.1");
    }

    @Test
    void aFolderWithoutNativesIsNamed() {
        Diagnosis finding = MachineChecks.installed(new PyTorchInstallation(packages));
        assertThat(finding.standing()).isEqualTo(Diagnosis.Severity.PROBLEM);
        assertThat(finding.found()).contains(packages.toString());
    }

    private PyTorchInstallation installation(String version) throws IOException {
        Path libraries = Files.createDirectories(packages.resolve("torch/lib"));
        Files.createFile(libraries.resolve("libtorch_cpu.so"));
        Files.createFile(libraries.resolve("libtorch_cuda.so"));
        Files.writeString(libraries.resolveSibling("version.py"), "__version__ = '%s'\n".formatted(version));
        return new PyTorchInstallation(libraries);
    }
}
