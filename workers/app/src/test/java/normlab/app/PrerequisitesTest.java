package normlab.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
    void aPathThatClassPathsCannotHoldIsRefusedBeforeAnythingStarts() throws Exception {
        for (String name : List.of("a:b", "50%", "back\\slash", "new\nline")) {
            Answer answer = run(Map.of(), launcher(name).toString(), "status");
            assertThat(answer.exitCode()).as(name).isEqualTo(2);
            assertThat(answer.err())
                    .contains("the checkout is in '" + folder.toRealPath().resolve(name))
                    .contains("its path must not contain ':'");
            assertThat(answer.out()).isEmpty();
        }
    }

    @Test
    void theLauncherNeedsNoHomeAndPassesOnWhatItIsGivenWhateverThePath() throws Exception {
        for (String name : List.of("usual", "with space", "Müller", "C#", "why?")) {
            Answer answer =
                    run(Map.of(), "/usr/bin/env", "-u", "HOME", launcher(name).toString(), "status", "--all");
            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(answer.out())
                    .contains("-Dnormlab.home=" + folder.toRealPath().resolve(name) + "\n")
                    .endsWith("normlab.app.Main\nstatus\n--all\n");
        }
    }

    /** A checkout with the real launcher, and a JDK whose java prints its arguments. */
    private Path launcher(String name) throws IOException {
        Path checkout = Files.createDirectories(folder.resolve(name));
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        executable(java, "printf '%s\\n' \"$@\"");
        Files.createDirectories(checkout.resolve("infra"));
        executable(checkout.resolve("infra/find-jdk"), "echo '" + folder.resolve("jdk") + "'");
        executable(checkout.resolve("infra/build"), "echo built >&2");
        Files.copy(
                HOME.resolve("infra/gpu-environment"),
                checkout.resolve("infra/gpu-environment"),
                StandardCopyOption.REPLACE_EXISTING);
        return Files.copy(
                HOME.resolve("normlab"),
                checkout.resolve("normlab"),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void theUsualFoldersAreSearchedForAJdkWhereHomeIsUnset() throws Exception {
        Answer answer = run(
                Map.of("PATH", tools().toString()),
                "/usr/bin/env",
                "-u",
                "HOME",
                "-u",
                "JAVA_HOME",
                "/bin/bash",
                HOME.resolve("infra/find-jdk").toString());
        assertThat(answer.err()).doesNotContain("HOME: unbound variable");
        assertThat(answer.out() + answer.err()).containsAnyOf("/", "no JDK 21 or newer");
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
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("PATH", tools().toString());
        return run(all, "/bin/bash", HOME.resolve("infra/find-jdk").toString());
    }

    private Path tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : new String[] {"sed", "dirname", "readlink"}) {
            Path link = tools.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("/usr/bin", tool).toRealPath());
            }
        }
        return tools;
    }

    private Path fakeJdk(String name, String version) throws IOException {
        Path home = folder.resolve(name);
        Path javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
        executable(javac, "echo '" + version + "'");
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
