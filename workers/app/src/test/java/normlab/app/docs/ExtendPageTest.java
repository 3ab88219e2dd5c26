package normlab.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import normlab.app.NormlabCommand;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples of the page compile, their gradients agree, and their claim and data are read. */
class ExtendPageTest {
    private static final Path CHECKOUT = Path.of(System.getProperty("normlab.home"));
    private static final Path PAGE = CHECKOUT.resolve("docs/how-to/extend.md");

    /** The modules with switches over what the page extends. */
    private static final List<String> MODULES = List.of("contract", "learning", "report");

    @TempDir
    private Path folder;

    /** An extension stays small: a change that scatters it over more files fails here. */
    @ParameterizedTest
    @CsvSource({"An activation, 2", "A network, 1", "A normalization, 3", "A layer, 5", "A probe, 4", "A claim, 1"})
    void theTableNamesTheFilesThatTheExampleChangesAndTheyAreFew(String heading, int most) throws IOException {
        PageExamples page = PageExamples.read(PAGE);
        assertThat(page.table(heading))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(most)
                .isEqualTo(page.changed(heading));
    }

    @Test
    void theClaimIsReadUnderARuleThatExists() throws Exception {
        copy("workflows/claims");
        PageExamples.read(PAGE).applyTo(folder, "A claim");
        assertThat(ClaimFile.read(new Home(folder, folder.resolve("data"))).ids())
                .startsWith("C12", "C1");
    }

    @Test
    void theExamplesCompileAndTheirGradientsAgree() throws Exception {
        for (String module : MODULES) {
            copy("workers/" + module + "/src/main/java");
            copy("workers/" + module + "/src/test/java");
            // Packages are annotated in the main sources; one compilation accepts that only once.
            withoutPackageInfos(folder.resolve("workers/" + module + "/src/test/java"));
        }
        copy("workflows/claims");
        copy("workers/app/src/main/resources/normlab/app/campaign");
        PageExamples.read(PAGE).applyTo(folder);
        Path classes = folder.resolve("classes");
        assertThat(compile(classes)).isEmpty();

        assertThat(runWith(classes, "normlab.app.docs.TestRun", "normlab.learning.network.GradientTest"))
                .contains(" tests passed");
        assertThat(runWith(classes, "normlab.app.Main", "describe", "lenet", "--activation", "elu"))
                .contains("lenet");
    }

    @Test
    void theManifestIsThatOfADataset() throws Exception {
        copy("datasets");
        Files.writeString(
                folder.resolve("datasets/clothes.yaml"),
                PageExamples.read(PAGE).blocks("A dataset", "yaml").getFirst());

        NormlabCommand.Answer answer = new NormlabCommand(folder, folder.resolve("data"), 1).run("data", "clothes");

        assertThat(answer.out()).contains("clothes").contains("VERIFIED");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
    }

    private void copy(String path) throws IOException {
        Path from = CHECKOUT.resolve(path);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path to = folder.resolve(CHECKOUT.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void withoutPackageInfos(Path sources) throws IOException {
        try (Stream<Path> all = Files.walk(sources)) {
            for (Path file : all.filter(f -> f.endsWith("package-info.java")).toList()) {
                Files.delete(file);
            }
        }
    }

    /** @return what the compiler says */
    private String compile(Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (Stream<Path> all = Files.walk(folder.resolve("workers"));
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = all.filter(f -> f.toString().endsWith(".java")).toList();
            List<String> options = List.of("-d", classes.toString(), "-proc:none", "-nowarn", "-parameters");
            compiler.getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
        }
        return said.toString();
    }

    /** @return what the process printed */
    private String runWith(Path classes, String... mainAndArguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Dnormlab.home=" + CHECKOUT,
                                "-Dnormlab.data=" + folder.resolve("data"),
                                "-cp",
                                classes + ":" + System.getProperty("java.class.path")),
                        Stream.of(mainAndArguments))
                .toList();
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exitCode = process.waitFor();
        String printed = Files.readString(output);
        assertThat(exitCode).as(printed).isZero();
        return printed;
    }
}
