package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import normlab.app.Main;
import normlab.app.campaign.FolderStore;
import normlab.app.campaign.SampleCampaign;
import normlab.app.cli.experiments.ImportCommand;
import normlab.app.cli.experiments.NewCommand;
import normlab.app.cli.experiments.RegisterCommand;
import normlab.app.cli.machine.DownCommand;
import normlab.app.cli.reproduce.ExportCommand;
import normlab.app.cli.reproduce.ExportModelCommand;
import normlab.app.cli.results.ReportCommand;
import normlab.app.cli.results.VerifyClaimsCommand;
import normlab.app.cli.run.CancelCommand;
import normlab.app.config.ClientVariables;
import normlab.app.config.Home;
import normlab.app.doctor.Diagnosis;
import normlab.app.evidence.EvidenceImport;
import normlab.app.evidence.EvidenceVerification;
import normlab.app.forecast.Forecast;
import normlab.app.log.LogEvent;
import normlab.app.trace.Explanation;
import normlab.dataset.DatasetInventory;
import normlab.json.Json;
import normlab.learning.network.NetworkSummary;
import normlab.platform.s3.StoreFolder;
import normlab.platform.server.Endpoints;
import normlab.provenance.Sha256;
import normlab.report.compare.CampaignDifference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every command has {@code --json} as docs/reference/json.md says, or stands there with the reason why not. */
class JsonAnswersTest {
    private static final Path ROOT = Path.of(System.getProperty("normlab.home"));
    private static final String RUN = "sample";

    /** What each command prints, an array of them, or one a line. */
    private static final Map<String, Class<?>> PRINTED = Map.ofEntries(
            Map.entry("run", CampaignSummary.class),
            Map.entry("resume", CampaignSummary.class),
            Map.entry("rerun", CampaignSummary.class),
            Map.entry("watch", CampaignSummary.class),
            Map.entry("status", CampaignSummary.class),
            Map.entry("plan", Forecast.class),
            Map.entry("report", ReportCommand.Printed.class),
            Map.entry("verify-claims", VerifyClaimsCommand.Printed.class),
            Map.entry("compare", CampaignDifference.class),
            Map.entry("cancel", CancelCommand.Printed.class),
            Map.entry("export-model", ExportModelCommand.Printed.class),
            Map.entry("export", ExportCommand.Printed.class),
            Map.entry("verify", EvidenceVerification.Verdict.class),
            Map.entry("import", EvidenceImport.Imported.class),
            Map.entry("register", RegisterCommand.Printed.class),
            Map.entry("explain", Explanation.class),
            Map.entry("logs", LogEvent.class),
            Map.entry("new", NewCommand.Printed.class),
            Map.entry("data", DatasetInventory.Entry.class),
            Map.entry("data import", ImportCommand.Printed.class),
            Map.entry("describe", NetworkSummary.class),
            Map.entry("doctor", Diagnosis.class),
            Map.entry("up", Endpoints.class),
            Map.entry("down", DownCommand.Printed.class),
            Map.entry("env", ClientVariables.class));

    @TempDir
    private static Path folder = Path.of("");

    private static JsonPage page = new JsonPage(Map.of(), Map.of());
    private static Shell shell = new Shell(folder);

    @BeforeAll
    static void readThePageAndWriteACampaign() throws IOException {
        page = JsonPage.read();
        shell = withACampaign();
    }

    @Test
    void everyCommandHasJsonOrAReasonWhyNot() {
        Map<String, CommandLine> commands = new TreeMap<>();
        collect("", Main.commandLine(), commands);
        assertThat(page.without().values()).noneMatch(String::isBlank);
        Set<String> known = new TreeSet<>(page.fields().keySet());
        known.addAll(page.without().keySet());
        assertThat(known).as("documented commands").isEqualTo(commands.keySet());
        commands.forEach((name, command) -> assertThat(
                        command.getCommandSpec().optionsMap().containsKey("--json"))
                .as("%s has --json", name)
                .isEqualTo(page.fields().containsKey(name)));
    }

    /** Hidden ones are processes of the stack and of the build, which nobody types. */
    private static void collect(String before, CommandLine parent, Map<String, CommandLine> into) {
        parent.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                into.put(before + name, command);
                collect(before + name + " ", command, into);
            }
        });
    }

    @Test
    void everyDocumentedFieldIsOneOfWhatIsPrintedAndNoneIsLeftOut() {
        assertThat(PRINTED.keySet()).isEqualTo(page.fields().keySet());
        PRINTED.forEach((command, type) -> {
            assertThat(page.names(command))
                    .as(command)
                    .isEqualTo(components(type).keySet());
            page.paths(command)
                    .forEach(path -> assertThat(isThere(path, type))
                            .as("%s prints %s", command, path)
                            .isTrue());
        });
    }

    private static boolean isThere(String path, Class<?> type) {
        Type found = type;
        for (String name : path.split("\\.")) {
            Optional<Type> next = Optional.ofNullable(components(raw(found)).get(name.replace("[]", "")));
            if (next.isEmpty() || (name.endsWith("[]") && raw(optional(next.get())) != List.class)) {
                return false;
            }
            found = name.endsWith("[]") ? argument(optional(next.get())) : optional(next.get());
        }
        return true;
    }

    private static Map<String, Type> components(Class<?> type) {
        return type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .collect(Collectors.toMap(
                                RecordComponent::getName, RecordComponent::getGenericType, (a, b) -> a, TreeMap::new))
                : Map.of();
    }

    private static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    private static Type optional(Type type) {
        return raw(type) == Optional.class ? argument(type) : type;
    }

    private static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report " + RUN,
                "verify-claims " + RUN,
                "compare " + RUN + " " + RUN,
                "export-model sigmoid-bn-s1 --campaign " + RUN + " --no-test-images --out FOLDER/model",
                "export " + RUN + " --out FOLDER/evidence.zip",
                "explain " + RUN + "/sigmoid-bn-s1",
                "plan smoke",
                "logs",
                "data fashion-mnist-sample",
                "describe plain-8",
                "down"
            })
    void nothingButTheDocumentedFieldsIsPrinted(String command) {
        String[] words = (command.replace("FOLDER", folder.toString()) + " --json").split(" ");
        Shell.Answer answer = shell.run(words);
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
        JsonNode printed = Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
        for (JsonNode each : printed.isArray() ? printed : List.of(printed)) {
            assertThat(each.fieldNames()).toIterable().isNotEmpty().isSubsetOf(page.names(words[0]));
        }
    }

    @Test
    void aFileThatIsToldOfIsThereWithItsSizeAndHash() throws IOException {
        JsonNode report = json(shell.run("report", RUN, "--json"));
        for (JsonNode file : report.path("files")) {
            byte[] bytes = Files.readAllBytes(
                    Path.of(report.path("folder").asText(), file.path("path").asText()));
            assertThat(file.path("bytes").asInt()).isEqualTo(bytes.length);
            assertThat(file.path("sha256").asText()).isEqualTo(Sha256.of(bytes));
        }
        assertThat(report.path("files").findValuesAsText("path")).contains("report.html", "trials.csv");
        JsonNode verdict =
                json(shell.run("verify-claims", RUN, "--json")).path("verdicts").get(0);
        assertThat(report.path("claims").get(verdict.at("/claim/id").asText())).isEqualTo(verdict.get("standing"));
    }

    @Test
    void whatGoesWrongIsOnStandardErrorAlone() {
        Shell.Answer answer = shell.run("report", "no-such-run", "--json");
        assertThat(answer.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains("[no-such-run]");
    }

    private static JsonNode json(Shell.Answer answer) {
        return Json.parse(answer.out().getBytes(StandardCharsets.UTF_8), "output");
    }

    private static Shell withACampaign() throws IOException {
        Home home = new Home(ROOT, folder.resolve("data"));
        StoreFolder store = new StoreFolder(home.stack().data("s3").resolve(Endpoints.BUCKET));
        new SampleCampaign(home, new FolderStore(store), RUN).written();
        Path log = home.eventLog("coordinator");
        Files.createDirectories(log.resolveSibling("."));
        Files.writeString(log, """
                {"timestamp":1,"level":"INFO","mdc":{"run":"sample"},"formattedMessage":"begins"}
                """);
        return new Shell(ROOT, home.data());
    }
}
