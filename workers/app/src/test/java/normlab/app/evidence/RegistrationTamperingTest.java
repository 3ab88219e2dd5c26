package normlab.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.SampleCampaign;
import normlab.app.evidence.EvidenceCheck.Outcome;
import normlab.app.registration.Checkout;
import normlab.app.registration.Registration;
import normlab.app.registration.Registrations.Registered;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.provenance.Sha256;
import normlab.report.claim.ClaimSet;
import normlab.testkit.InMemoryArtifactStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field of a registration, and every file that refers to it, changed in the bundle of a registered campaign. */
class RegistrationTamperingTest {
    private static final String RUN = "asked-1";
    private static final String OF_RUN = Bundle.STORE + "runs/" + RUN + "/";
    private static final String REGISTRATION = OF_RUN + "registration.json";
    private static final String EXPERIMENT = OF_RUN + "experiment.json";

    @TempDir
    private static Path folder = Path.of("");

    private static Checkout checkout = new Checkout(folder);
    private static String before = "";
    private static String commit = "";
    private static Map<String, byte[]> files = Map.of();

    @BeforeAll
    static void aRegisteredCampaign() throws IOException {
        checkout = Checkout.in(folder);
        before = checkout.commit();
        Registered registered = checkout.register(SampleCampaign.START.minusSeconds(3600));
        commit = checkout.commit();
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(checkout.home(), store, RUN)
                .of(checkout.asked())
                .startedBy(commit, Optional.of(registered))
                .written();
        byte[] archive = new EvidenceExport(store, false)
                .of(RUN, ClaimFile.read(checkout.home()), Optional.empty(), "4f2a91c", Instant.EPOCH)
                .archive();
        files = Map.copyOf(BundleArchive.read(archive, "bundle").files());
        assertThat(wrong(files)).isEmpty();
    }

    @Test
    void eachFieldThatIsChangedIsFound() {
        List<String> fields = fields(registration());
        assertThat(fields).hasSizeGreaterThan(40);
        assertThat(fields)
                .filteredOn(field -> wrong(with(REGISTRATION, changed(field))).isEmpty())
                .isEmpty();
    }

    /** The hashes in record, trials and registration agree with the change: only Git's history shows it. */
    @Test
    void eachFieldThatIsChangedWithAllHashesIsFound() {
        List<String> fields = new ArrayList<>(fields(registration()));
        fields.remove("/experimentSha256");
        assertThat(fields)
                .filteredOn(field -> wrong(consistently(changed(field))).isEmpty())
                .isEmpty();
    }

    @Test
    void eachFieldThatIsRemovedIsFound() {
        List<String> names = new ArrayList<>();
        registration().fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .filteredOn(name -> {
                    ObjectNode tree = registration();
                    tree.remove(name);
                    return wrong(consistently(tree)).isEmpty();
                })
                .isEmpty();
    }

    @Test
    void eachFileThatRefersToItIsChecked() {
        String sha256 = Sha256.of(file(REGISTRATION));
        Map<String, Map<String, byte[]>> tampered = new LinkedHashMap<>();
        tampered.put(
                "an invented predecessor",
                consistently(
                        registration(),
                        tree -> tree.putObject("supersedes")
                                .put("name", "other")
                                .put("sha256", sha256)));
        tampered.put("no registration", without(REGISTRATION));
        tampered.put("a campaign without its hash", text("/run.json", s -> s.replace(sha256, Sha256.of("x"))));
        tampered.put("a campaign of an older commit", text("/run.json", s -> s.replace(commit, before)));
        tampered.put(
                "a campaign of changed code",
                text(
                        "/run.json",
                        s -> s.replace(commit, commit + "-dirty")
                                .replace("\"registration\":\"%s\"".formatted(sha256), "\"registration\":null")));
        tampered.put("trials without its hash", text("/trained-by.jsonl", s -> s.replace(sha256, Sha256.of("x"))));
        tampered.put("trials of an older commit", text("/trained-by.jsonl", s -> s.replace(commit, before)));
        tampered.put("trials of changed code", text("/trained-by.jsonl", s -> s.replace(commit, commit + "-dirty")));
        tampered.put("trials from before", text("/trained-by.jsonl", s -> s.replace("2026-11-22", "2026-11-21")));
        tampered.put("trainings from before", text("/training.json", s -> s.replace("2026-11-22", "2026-11-21")));
        tampered.put("trials that hide who trained them", text("/trained-by.jsonl", s -> ""));
        tampered.put("another length", text("/experiment.json", s -> s.replace("\"epochs\":10", "\"epochs\":11")));
        tampered.put("other seeds", text("/experiment.json", s -> s.replace("[1,2]", "[1,3]")));
        tampered.put(
                "a dropped comparison", text("/experiment.json", s -> s.replaceFirst("\\{\"baseline\"[^}]*}", "")));
        tampered.put("a trial left out", text("/plan.json", s -> s.replaceFirst("\\{\"arm\":\"bn\"[^}]*},", "")));
        tampered.put(
                "trials exchanged",
                text(
                        "/plan.json",
                        s -> s.replace("sigmoid-bn-s1", "x")
                                .replace("sigmoid-bn-s2", "sigmoid-bn-s1")
                                .replace("\"x\"", "\"sigmoid-bn-s2\"")));
        tampered.put("a lower figure", text(Bundle.CLAIMS, s -> s.replace("15.0", "14.0")));
        tampered.put("a looser threshold", text(Bundle.CLAIMS, s -> s.replace("0.8", "0.6")));
        tampered.put("another status", text("/ending.json", s -> s.replace("\"registered\"", "\"exploratory\"")));
        tampered.put("another name in its status", text("/ending.json", s -> s.replace("\"asked\"", "\"other\"")));
        assertThat(tampered.keySet())
                .filteredOn(name ->
                        wrong(Objects.requireNonNull(tampered.get(name))).isEmpty())
                .isEmpty();
        assertThat(tampered).allSatisfy((name, forged) -> assertThat(forged).isNotEqualTo(files));
    }

    @Test
    void aPageThatAnotherCommitHasChangedIsFound() {
        checkout.write(Registration.page("asked"), "Something else was asked.");
        String later = checkout.commit();
        UnaryOperator<String> elsewhere = s -> s.replace(commit, later);
        Map<String, byte[]> forged = new TreeMap<>(text("/trained-by.jsonl", elsewhere));
        forged.putAll(text("/run.json", elsewhere, forged));
        assertThat(wrong(forged)).singleElement().asString().contains("other bytes there: " + later);
    }

    private static ObjectNode registration() {
        return (ObjectNode) Json.parse(file(REGISTRATION), "registration");
    }

    /** Pointers to all values that contain no others. */
    private static List<String> fields(JsonNode tree) {
        List<String> found = new ArrayList<>();
        add(tree, "", found);
        return found;
    }

    private static void add(JsonNode node, String pointer, List<String> found) {
        if (node.isObject()) {
            node.fieldNames().forEachRemaining(name -> add(node.path(name), pointer + "/" + name, found));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                add(node.path(i), pointer + "/" + i, found);
            }
        } else {
            found.add(pointer);
        }
    }

    /** The registration with one other value, of the same kind where there is one. */
    private static ObjectNode changed(String pointer) {
        ObjectNode tree = registration();
        JsonNode value = tree.at(pointer);
        JsonNode other = Json.parse(other(value).getBytes(StandardCharsets.UTF_8), pointer);
        JsonNode parent = tree.at(pointer.substring(0, pointer.lastIndexOf('/')));
        String last = pointer.substring(pointer.lastIndexOf('/') + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), other);
        } else {
            ((ObjectNode) parent).set(last, other);
        }
        return tree;
    }

    private static String other(JsonNode value) {
        if (value.isNumber()) {
            return value.isIntegralNumber()
                    ? Long.toString(value.asLong() + 1)
                    : Double.toString(value.asDouble() * 1.01);
        }
        if (value.isBoolean()) {
            return Boolean.toString(!value.asBoolean());
        }
        if (value.isTextual()) {
            return "\"%s\"".formatted(value.asText().replaceAll("\\p{Cntrl}|\"", "") + "x");
        }
        return value.isArray() ? "[7]" : "\"x\"";
    }

    private static Map<String, byte[]> with(String path, ObjectNode tree) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.put(path, Json.bytes(tree));
        return changed;
    }

    private static Map<String, byte[]> without(String path) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.remove(path);
        return changed;
    }

    private static Map<String, byte[]> consistently(ObjectNode tree, Consumer<ObjectNode> change) {
        change.accept(tree);
        return consistently(tree);
    }

    /** With the experiment of the campaign as in the registration, and every hash that follows from it. */
    private static Map<String, byte[]> consistently(ObjectNode tree) {
        JsonNode experiment = tree.path("experiment");
        if (tree.has("experimentSha256") && tree.has("experiment")) {
            tree.put("experimentSha256", Sha256.of(Json.bytes(experiment)));
        }
        byte[] now = Json.bytes(tree);
        String then = Sha256.of(file(REGISTRATION));
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.replaceAll((path, bytes) -> latin(latin(bytes).replace(then, Sha256.of(now))));
        changed.put(REGISTRATION, now);
        if (tree.has("experiment")) {
            changed.put(EXPERIMENT, Json.bytes(experiment));
        }
        return changed;
    }

    private static Map<String, byte[]> text(String ending, UnaryOperator<String> change) {
        return text(ending, change, files);
    }

    private static Map<String, byte[]> text(String ending, UnaryOperator<String> change, Map<String, byte[]> all) {
        Map<String, byte[]> changed = new TreeMap<>(all);
        changed.replaceAll((path, bytes) -> {
            String now = path.endsWith(ending) ? change.apply(latin(bytes)) : latin(bytes);
            return now.equals(latin(bytes)) ? bytes : latin(now);
        });
        return changed;
    }

    private static byte[] file(String path) {
        return Objects.requireNonNull(files.get(path), path);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** What `verify` says of the registration; what it cannot read, it calls wrong as well. */
    private static List<String> wrong(Map<String, byte[]> contents) {
        Bundle bundle = new Bundle(new TreeMap<>(contents));
        try {
            ClaimSet claims = Json.read(bundle.required(Bundle.CLAIMS), ClaimSet.class, Bundle.CLAIMS);
            CampaignContents campaign =
                    CampaignContents.read(bundle.store(), RUN).asEnded();
            return new RegistrationChecks(bundle, campaign, claims, checkout.history())
                    .all().stream()
                            .filter(c -> c.outcome() == Outcome.WRONG)
                            .map(EvidenceCheck::detail)
                            .toList();
        } catch (InvalidInputException | IllegalArgumentException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }
}
