package normlab.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.Ending;
import normlab.app.campaign.SampleCampaign;
import normlab.app.config.Git;
import normlab.app.evidence.EvidenceCheck.Outcome;
import normlab.app.evidence.EvidenceVerification.Verdict;
import normlab.app.registration.Checkout;
import normlab.app.registration.RegistrationCheck;
import normlab.app.registration.Registrations.Registered;
import normlab.app.registration.Rules;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.experiment.Experiment;
import normlab.provenance.Sha256;
import normlab.registration.RegistrationStatus;
import normlab.registration.RegistrationStatus.Kind;
import normlab.report.Report;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.Standing;
import normlab.testkit.InMemoryArtifactStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is registered, what is exploratory, and each way to pass off the one as the other. */
class RegisteredCampaignTest {
    private static final String RUN = "asked-1";
    private static final Instant BEFORE = SampleCampaign.START.minusSeconds(3600);

    @TempDir
    private Path folder = Path.of("");

    private final InMemoryArtifactStore store = new InMemoryArtifactStore();
    private Checkout checkout = new Checkout(folder);

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Checkout.in(folder);
    }

    @Test
    void aCampaignOfACommitWithTheRegistrationIsRegistered() {
        byte[] bundle = registered();
        assertThat(status(RUN).kind()).isEqualTo(Kind.REGISTERED);
        Map<String, byte[]> report = report(RUN).files();
        for (String file : List.of("report.html", "summary.md", "finding.md", "summary.txt")) {
            assertThat(text(report, file)).as(file).contains("Registered as asked");
        }
        assertThat(text(report, "claims.csv").lines()).allMatch(l -> l.endsWith(",registered") || l.endsWith("tion"));
        Verdict verdict = verify(bundle, checkout.history());
        assertThat(verdict.right()).as("%s", verdict.checks()).isTrue();
        assertThat(verdict.checks())
                .filteredOn(c -> c.outcome() == Outcome.RIGHT)
                .extracting(EvidenceCheck::subject)
                .contains("registration", "commits with the registration", "rules");
    }

    @Test
    void aPartOfItIsAPieceThatDecidesNothing() {
        Registered registration = checkout.register(BEFORE);
        run(RUN, checkout.asked("arms.bn.seeds=[1]", "arms.cbn.seeds=[1]"), checkout.commit(), registration);
        assertThat(status(RUN).kind()).isEqualTo(Kind.PIECE);
        Report report = report(RUN);
        assertThat(text(report.files(), "finding.md")).contains("Registered piece of asked");
        assertThat(report.findings().verdicts())
                .allMatch(v -> v.standing() == Standing.INCONCLUSIVE || v.standing() == Standing.NOT_TESTED);
        assertThat(verify(bundle(RUN), checkout.history()).right()).isTrue();
    }

    @Test
    void theWholeMayComeFromPieces() {
        Registered registration = checkout.register(BEFORE);
        String commit = checkout.commit();
        run("asked-0", checkout.asked("arms.bn.seeds=[1]", "arms.cbn.seeds=[1]"), commit, registration);
        run(RUN, checkout.asked(), commit, registration);
        assertThat(status(RUN).kind()).isEqualTo(Kind.REGISTERED);
    }

    @Test
    void whatACampaignWouldBeIsForeseenAndWhy() {
        assertThat(foreseen(checkout.asked()).reasons()).containsExactly("asked has no registration");
        String before = checkout.commit();
        run("asked-0", checkout.asked("arms.bn.seeds=[1]", "arms.cbn.seeds=[1]"), before, null);
        Registered registration = checkout.register(BEFORE);
        assertThat(foreseen(checkout.asked()).reasons())
                .anyMatch(r -> r.contains("is not a commit that contains the registration asked"));
        String commit = checkout.commit();
        assertThat(foreseen(checkout.asked()).kind()).isEqualTo(Kind.REGISTERED);
        assertThat(foreseen(checkout.asked("arms.bn.seeds=[1]", "arms.cbn.seeds=[1]"))
                        .kind())
                .isEqualTo(Kind.PIECE);
        assertThat(foreseen(checkout.asked("recipe.epochs=11")).reasons())
                .containsExactly("another experiment than registered: recipe.epochs is 11, registered is 10");
        List<PlannedTrial> cached =
                CampaignContents.read(store, "asked-0").plan().trials();
        assertThat(new RegistrationCheck(store, Rules.of(ClaimFile.read(checkout.home())))
                        .foreseen(checkout.home(), checkout.asked(), cached)
                        .reasons())
                .singleElement()
                .asString()
                .startsWith("trained by code without the registration: sigmoid-bn-s1 (" + before);
        // The campaign then is what was foreseen.
        run(RUN, checkout.asked(), commit, registration);
        assertThat(status(RUN).reasons()).singleElement().asString().startsWith("trained by code without");
    }

    private RegistrationStatus foreseen(Experiment experiment) {
        return new RegistrationCheck(store, Rules.of(ClaimFile.read(checkout.home())))
                .foreseen(checkout.home(), experiment, List.of());
    }

    @Test
    void aChangedExperimentIsExploratory() {
        Registered registration = checkout.register(BEFORE);
        String commit = checkout.commit();
        run(RUN, checkout.asked("recipe.epochs=11"), commit, registration);
        assertThat(status(RUN).reasons()).singleElement().asString().contains("recipe.epochs is 11, registered is 10");
        run("asked-2", checkout.asked("arms.bn.seeds=[1, 3]"), commit, registration);
        assertThat(status("asked-2").reasons()).singleElement().asString().contains("sigmoid-bn-s3");
        run("asked-3", checkout.asked("arms.bn.title=other"), commit, registration);
        assertThat(status("asked-3").reasons()).singleElement().asString().contains("arms.bn.title is other");
    }

    @Test
    void trialsFromBeforeTheRegistrationMakeACampaignExploratoryAndAreNamed() {
        String before = checkout.commit();
        run("asked-0", checkout.asked("arms.bn.seeds=[1]", "arms.cbn.seeds=[1]"), before, null);
        assertThat(status("asked-0").kind()).isEqualTo(Kind.EXPLORATORY);
        Registered registration = checkout.register(BEFORE);
        run(RUN, checkout.asked(), checkout.commit(), registration);
        String reason = "trained by code without the registration: sigmoid-bn-s1 (%1$s), sigmoid-cbn-s1 (%1$s)"
                .formatted(before);
        assertThat(status(RUN).kind()).isEqualTo(Kind.EXPLORATORY);
        assertThat(status(RUN).reasons()).containsExactly(reason);
        assertThat(text(report(RUN).files(), "finding.md")).contains("Exploratory: " + reason);
        Verdict verdict = verify(bundle(RUN), checkout.history());
        assertThat(verdict.right()).isTrue();
        assertThat(verdict.checks())
                .filteredOn(c -> c.subject().equals("registration"))
                .extracting(EvidenceCheck::detail)
                .containsExactly("exploratory: " + reason);
        assertThat(wrong(forged(bundle(RUN), "ending.json", this::asRegistered)))
                .contains(reason);
    }

    @Test
    void aRegistrationThatIsDatedAfterATrialIsFoundWithoutHistory() {
        Registered registration = checkout.register(SampleCampaign.START.plusSeconds(1));
        run(RUN, checkout.asked(), checkout.commit(), registration);
        assertThat(status(RUN).reasons()).singleElement().asString().contains("trained before the registration");
        assertThat(wrong(forged(bundle(RUN), "ending.json", this::asRegistered)))
                .contains("trained before the registration of");
    }

    @Test
    void aCampaignOfAnUncommittedRegistrationIsExploratory() {
        Registered registration = checkout.register(BEFORE);
        run(RUN, checkout.asked(), checkout.commit() + "-dirty", registration);
        assertThat(status(RUN).reasons().getFirst()).contains("is not a commit that contains the registration asked");
    }

    @Test
    void aChangedExperimentInABundleIsFound() {
        assertThat(wrong(forged(registered(), "experiment.json", s -> s.replace("\"epochs\":10", "\"epochs\":11"))))
                .contains("another experiment than registered: recipe.epochs is 11, registered is 10");
    }

    @Test
    void changedSeedsInABundleAreFound() {
        assertThat(wrong(forged(registered(), "experiment.json", s -> s.replace("\"seeds\":[1,2]", "\"seeds\":[1,3]"))))
                .contains("another experiment than registered: not registered: sigmoid-bn-s3, sigmoid-cbn-s3");
    }

    @Test
    void changedRulesInABundleAreFound() {
        byte[] forged = forged(registered(), s -> s, "claims.json", s -> s.replace("15.0", "14.0"));
        assertThat(wrong(forged)).contains("the claims and their rules are not those registered");
    }

    @Test
    void rulesThatChangeLaterMakeTheReportExploratory() {
        registered();
        ClaimSet claims = ClaimFile.read(checkout.home());
        ClaimSet fewer = new ClaimSet(claims.source(), claims.claims().subList(0, 3));
        Report again = new CampaignReport(store, fewer).again(CampaignContents.read(store, RUN));
        assertThat(text(again.files(), "finding.md")).contains("Exploratory: judged by other rules");
    }

    @Test
    void aChangedRegistrationIsFound() {
        UnaryOperator<String> changed = s -> s.replace("It does not.", "It does.");
        assertThat(wrong(forged(registered(), "registration.json", changed)))
                .contains("is not a commit that contains the registration asked")
                .contains("but contains one with");
    }

    @Test
    void aRegistrationThatIsChangedWithAllItsHashesIsFoundInTheHistory() {
        assertThat(wrong(consistently(registered(), "It does not.", "It does.")))
                .contains("the registration asked is not in these commits, or has other bytes there");
    }

    @Test
    void aTrialWithAPilotSeedIsFound() {
        assertThat(wrong(consistently(registered(), "\"pilotSeeds\":[901]", "\"pilotSeeds\":[2]")))
                .contains("trained with a pilot seed: sigmoid-bn-s2, sigmoid-cbn-s2");
    }

    @Test
    void aTrialOfAnOlderCommitIsFoundInTheHistory() {
        String before = checkout.commit();
        byte[] bundle = registered();
        String commit = CampaignContents.read(store, RUN).record().code();
        byte[] forged = forged(bundle, s -> s, "trained-by.jsonl", s -> s.replace(commit, before));
        assertThat(wrong(forged)).contains("not in these commits, or has other bytes there: " + before);
    }

    @Test
    void aTrialThatIsLeftOutOfThePlanIsFound() {
        byte[] forged = forged(registered(), "plan.json", s -> s.replaceFirst("\\{\"arm\":\"bn\"[^}]*},", ""));
        assertThat(wrong(forged)).contains("not planned: sigmoid-bn-s1");
    }

    @Test
    void aTrialThatHidesWhoTrainedItIsFound() {
        byte[] forged = forged(registered(), s -> s, "trained-by.jsonl", s -> "");
        assertThat(wrong(forged)).contains("trained by code without the registration: sigmoid-bn-s1 (code unknown)");
    }

    @Test
    void withoutHistoryItIsSaidWhatNobodyChecked(@TempDir Path elsewhere) {
        Verdict verdict = verify(registered(), new Git(elsewhere));
        assertThat(verdict.right()).isTrue();
        assertThat(verdict.checks())
                .filteredOn(c -> c.outcome() == Outcome.NOT_CHECKED)
                .filteredOn(c -> c.subject().equals("commits with the registration"))
                .singleElement()
                .extracting(EvidenceCheck::detail)
                .asString()
                .contains("verify the bundle in a full clone");
    }

    /** The bundle of a registered campaign. */
    private byte[] registered() {
        Registered registration = checkout.register(BEFORE);
        run(RUN, checkout.asked(), checkout.commit(), registration);
        return bundle(RUN);
    }

    private void run(
            String run,
            Experiment experiment,
            String commit,
            @org.jspecify.annotations.Nullable Registered registration) {
        new SampleCampaign(checkout.home(), store, run)
                .of(experiment)
                .startedBy(commit, Optional.ofNullable(registration))
                .written();
    }

    private RegistrationStatus status(String run) {
        return Ending.of(store, run).flatMap(Ending::registration).orElseThrow();
    }

    private Report report(String run) {
        return new CampaignReport(store, ClaimFile.read(checkout.home())).again(CampaignContents.read(store, run));
    }

    private byte[] bundle(String run) {
        return new EvidenceExport(store, false)
                .of(run, ClaimFile.read(checkout.home()), Optional.empty(), "4f2a91c", Instant.EPOCH)
                .archive();
    }

    private String asRegistered(String ending) {
        return ending.replaceAll(
                "\"kind\":\"exploratory\",\"reasons\":\\[[^\\]]*\\]", "\"kind\":\"registered\",\"reasons\":[]");
    }

    private static byte[] forged(byte[] archive, String file, UnaryOperator<String> change) {
        return forged(archive, s -> s, "/runs/" + RUN + "/" + file, change);
    }

    /** Changes all files whose path ends so, and seals the bundle anew. */
    private static byte[] forged(
            byte[] archive, UnaryOperator<String> all, String ending, UnaryOperator<String> change) {
        TreeMap<String, byte[]> files =
                new TreeMap<>(BundleArchive.read(archive, "bundle").files());
        files.keySet().removeIf(path -> path.startsWith("manifest."));
        files.replaceAll((path, bytes) -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            String changed = path.endsWith(ending) ? change.apply(text) : all.apply(text);
            return changed.equals(text) ? bytes : changed.getBytes(StandardCharsets.ISO_8859_1);
        });
        byte[] forged = BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files));
        assertThat(forged).isNotEqualTo(archive);
        return forged;
    }

    /** Changes the registration and every hash that depends on it. */
    private static byte[] consistently(byte[] archive, String from, String to) {
        Bundle bundle = BundleArchive.read(archive, "bundle");
        String path = Bundle.STORE + "runs/" + RUN + "/registration.json";
        String experimentPath = Bundle.STORE + "runs/" + RUN + "/experiment.json";
        byte[] then = Objects.requireNonNull(bundle.files().get(path));
        byte[] experiment = Objects.requireNonNull(bundle.files().get(experimentPath));
        byte[] changed = latin(text(experiment).replace(from, to));
        String pretty = to.replace("\":[", "\" : [ ").replace("]", " ]");
        byte[] now = latin(text(then)
                .replace(from, to)
                .replace(from.replace("\":[", "\" : [ ").replace("]", " ]"), pretty)
                .replace(Sha256.of(experiment), Sha256.of(changed)));
        assertThat(now).isNotEqualTo(then);
        byte[] forged =
                forged(archive, s -> s.replace(Sha256.of(then), Sha256.of(now)), "/registration.json", s -> text(now));
        return forged(forged, s -> s, "/runs/" + RUN + "/experiment.json", s -> text(changed));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(Objects.requireNonNull(files.get(name)), StandardCharsets.UTF_8);
    }

    private String wrong(byte[] archive) {
        return String.join(
                "\n",
                verify(archive, checkout.history()).checks().stream()
                        .filter(c -> c.outcome() == Outcome.WRONG)
                        .map(EvidenceCheck::detail)
                        .toList());
    }

    private static Verdict verify(byte[] archive, Git history) {
        return new EvidenceVerification(archive, "bundle", history).verify(Optional.empty(), "4f2a91c");
    }
}
