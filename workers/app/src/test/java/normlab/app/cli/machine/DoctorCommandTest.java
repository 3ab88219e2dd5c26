package normlab.app.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.StreamSupport;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Shell;
import normlab.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    @TempDir
    private Path data;

    @Test
    void everyThingThatACampaignNeedsIsLookedAt() {
        JsonNode findings = findings();
        assertThat(findings.findValuesAsText("subject"))
                .contains("JDK", "Maven", "Python", "memory", "disk", "natives", "GPU", "container engine")
                .contains("settings", "credentials", "services", "clock");
        assertThat(finding("JDK", findings).path("standing").asText()).isEqualTo("GOOD");
    }

    @Test
    void credentialsThatOthersMayReadAreAProblemWithItsRemedy() throws IOException {
        Path file = Files.writeString(data.resolve("credentials"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        JsonNode credentials = finding("credentials", findings());
        assertThat(credentials.path("standing").asText()).isEqualTo("PROBLEM");
        assertThat(credentials.path("remedy").asText()).isEqualTo("chmod 600 " + file);
        Shell.Answer answer = new Shell(data).run("doctor");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.out().lines().toList().getLast()).endsWith("to fix before a campaign can run here.");
    }

    private JsonNode findings() {
        return Json.parse(new Shell(data).run("doctor", "--json").out().getBytes(StandardCharsets.UTF_8), "output");
    }

    private static JsonNode finding(String subject, JsonNode findings) {
        return StreamSupport.stream(findings.spliterator(), false)
                .filter(f -> f.path("subject").asText().equals(subject))
                .findFirst()
                .orElseThrow();
    }
}
