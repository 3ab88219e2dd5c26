package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import normlab.provenance.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code infra/gpu/install} with packages of a few bytes, from a folder in place of an index. */
class GpuInstallerTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home")).toAbsolutePath();

    @TempDir
    private Path folder;

    private Path index = Path.of("");
    private Path into = Path.of("");

    @BeforeEach
    void copyTheInstaller() throws IOException {
        index = Files.createDirectories(folder.resolve("index"));
        into = folder.resolve("gpu");
        Path copy = folder.resolve("install");
        Files.copy(HOME.resolve("infra/gpu/install"), copy, StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void otherBytesThanLockedAreRefusedAndTheNextStartContinues() throws Exception {
        Path first = wheel("first");
        Path second = wheel("second");
        lock(line("first", Sha256.of(Files.readAllBytes(first))), line("second", "0".repeat(64)));
        Answer refused = install();
        assertThat(refused.exitCode()).as(refused.text()).isNotZero();
        assertThat(refused.text())
                .contains("[ 1/2] first 1.0, 12 MB", "[ 2/2] second 1.0, 12 MB")
                .contains("DO NOT MATCH THE HASHES");
        assertThat(into.resolve("site-packages/first/library.so")).hasContent("first");
        assertThat(into.resolve("site-packages/second")).doesNotExist();

        // What is complete is not asked for again.
        Files.delete(first);
        lock(line("first", "0".repeat(64)), line("second", Sha256.of(Files.readAllBytes(second))));
        Answer continued = install();
        assertThat(continued.exitCode()).as(continued.text()).isZero();
        assertThat(continued.text()).contains("[ 2/2] second 1.0").doesNotContain("[ 1/2]");
        assertThat(into.resolve("site-packages/second/library.so")).hasContent("second");
        assertThat(into.resolve("pip")).as("what only the installer needs").doesNotExist();

        assertThat(install().text()).as("everything is there").isEmpty();
    }

    private record Answer(int exitCode, String text) {}

    private Answer install() throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(folder.resolve("install").toString(), into.toString()).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "PIP_NO_INDEX", "1",
                        "PIP_FIND_LINKS", index.toString(),
                        "PIP_DISABLE_PIP_VERSION_CHECK", "1"));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), text);
    }

    private void lock(String... lines) throws IOException {
        Files.writeString(folder.resolve("requirements.lock"), "# a comment\n" + String.join("\n", lines) + "\n");
    }

    private static String line(String name, String sha256) {
        return "%s==1.0 --hash=sha256:%s  # 12000000".formatted(name, sha256);
    }

    private Path wheel(String name) throws IOException {
        Path wheel = index.resolve(name + "-1.0-py3-none-any.whl");
        String facts = name + "-1.0.dist-info/";
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            put(zip, name + "/library.so", name);
            put(zip, facts + "METADATA", "Metadata-Version: 2.1\nName: %s\nVersion: 1.0\n".formatted(name));
            put(
                    zip,
                    facts + "WHEEL",
                    "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            put(zip, facts + "RECORD", "");
        }
        return wheel;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
