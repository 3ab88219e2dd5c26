package normlab.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import normlab.app.config.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @TempDir
    private Path data;

    @Test
    void whatCannotBeLookedAtIsAFindingAndTheOthersAreTold() throws IOException, InterruptedException {
        Files.writeString(Files.createDirectories(data.resolve("state")).resolve("stack.json"), "{");
        List<Diagnosis> findings = new Doctor(new Home(Home.current().root(), data)).examine();
        assertThat(findings)
                .filteredOn(f -> f.subject().equals("services"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.standing()).isEqualTo(Diagnosis.Severity.PROBLEM);
                    assertThat(f.found()).contains("stack.json");
                });
        assertThat(findings).extracting(Diagnosis::subject).contains("JDK", "memory", "GPU");
    }
}
