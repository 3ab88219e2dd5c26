package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user meets on a machine that lacks something. */
class PrerequisitesTest {
    private static final Path HOME = Path.of(System.getProperty("normlab.home")).toAbsolutePath();

    @TempDir
    private Path folder;

    private record Answer(int exitCode, String out, String err) {}

    @Test
    void aJdkThatIsTooOldIsNamedWithWhatIsNeeded() throws Exception {
        Path old = fakeJdk("jdk-17", "javac 17.0.15");
        Answer answer = findJdk(Map.of("JAVA_HOME", old.toString(), "NORMLAB_JDK_FOLDERS", ""));
        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("no JDK 21 or newer")
                .contains(old + " is a JDK 17")
                .contains("apt install");
    }

    @Test
    void anOldJdkIsPassedOverForANewerOne() throws Exception {
        Path old = fakeJdk("jdk-17", "javac 17.0.15");
        Path recent = fakeJdk("jdk-23", "javac 23.0.1");
        Answer answer = findJdk(Map.of("JAVA_HOME", old.toString(), "NORMLAB_JDK_FOLDERS", recent.toString()));
        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo(recent + "\n");
    }

    @Test
    void aJdkSaysItsVersionInAFileWithoutBeingStarted() throws Exception {
        Path recent = fakeJdk("jdk-25", "this would take long");
        Files.writeString(recent.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"\n");
        Answer answer = findJdk(Map.of("JAVA_HOME", recent.toString(), "NORMLAB_JDK_FOLDERS", ""));
        assertThat(answer.out()).isEqualTo(recent + "\n");
    }

    @Test
    void withoutPythonTheStackSaysWhatItIsForAndHowToGetIt() throws Exception {
        Answer answer = run(
                Map.of("PATH", folder.toString()),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dnormlab.home=" + HOME,
                "-Dnormlab.data=" + folder.resolve("data"),
                "-cp",
                System.getProperty("java.class.path"),
                "normlab.app.Main",
                "up");
        assertThat(answer.exitCode()).isEqualTo(5);
        assertThat(answer.err())
                .contains("[mlflow] needs Python 3.10 or newer with venv")
                .contains("python3 is missing")
                .contains("apt install python3 python3-venv");
        assertThat(answer.err()).doesNotContain("\tat ");
    }

    /** With nothing on the path but the shell's own tools, so that the machine's JDK is not found. */
    private Answer findJdk(Map<String, String> environment) throws IOException, InterruptedException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : new String[] {"sed", "dirname", "readlink"}) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin", tool).toRealPath());
            }
        }
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("PATH", tools.toString());
        return run(all, "/bin/bash", HOME.resolve("infra/find-jdk").toString());
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Path javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
        Files.writeString(javac, "#!/bin/bash\necho '" + version + "'\n");
        Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private Answer run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path err = Files.createTempFile(folder, "answer", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Answer(process.waitFor(), out, Files.readString(err));
    }
}
