package normlab.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.SampleCampaign;
import normlab.app.config.Git;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceImport.Imported;
import normlab.app.evidence.EvidenceImport.ImportedTrial;
import normlab.app.evidence.EvidenceImport.State;
import normlab.app.tracking.CampaignTracking;
import normlab.app.worker.Plan;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignRecord;
import normlab.dataset.DatasetCatalog;
import normlab.json.InvalidInputException;
import normlab.platform.config.ExperimentFiles;
import normlab.port.ArtifactStore;
import normlab.report.claim.ClaimSet;
import normlab.task.TaskFailure;
import normlab.task.Tasks.PlanInput;
import normlab.testkit.InMemoryArtifactStore;
import normlab.testkit.InMemoryRunTracker;
import normlab.testkit.SilentContext;
import org.junit.jupiter.api.Test;

class EvidenceImportTest {
    private static final String RUN = "smoke-1";
    private static final Home HOME = Home.current();
    private static final ClaimSet CLAIMS = ClaimFile.read(HOME);

    private final InMemoryArtifactStore elsewhere = new InMemoryArtifactStore();

    @Test
    void inAnEmptyStoreAllTrialsAreCachedAfterwards() throws TaskFailure {
        Imported imported = into(elsewhere, bundle(true));
        assertThat(imported.trials()).hasSize(4).allMatch(t -> t.state() == State.IMPORTED);
        assertThat(imported.campaigns()).containsExactly(RUN);
        CampaignRecord next = new CampaignRecord("smoke-2", "smoke", Instant.EPOCH, "4f2a91c", Optional.empty());
        new CampaignArchive(elsewhere, next.id()).open(next, new ExperimentFiles(HOME.experiments()).load("smoke"));
        Plan plan = new Plan(
                elsewhere,
                new DatasetCatalog(HOME.datasets()),
                () -> SampleCampaign.STACK,
                new CampaignTracking(elsewhere, new InMemoryRunTracker()));
        assertThat(plan.run(new PlanInput(next.id(), false), new SilentContext())
                        .trials())
                .isEmpty();
        assertThat(CampaignContents.read(elsewhere, next.id()).plan().trials()).allMatch(t -> t.cached());
    }

    @Test
    void whatWasImportedCanBeHandedOn() {
        into(elsewhere, bundle(true));
        byte[] again = bundle(elsewhere, true);
        assertThat(new EvidenceVerification(again, "bundle", new Git(HOME.root()))
                        .verify(Optional.empty(), "4f2a91c")
                        .right())
                .isTrue();
    }

    @Test
    void aSecondImportChangesNothing() {
        into(elsewhere, bundle(true));
        List<String> keys = elsewhere.list("");
        assertThat(into(elsewhere, bundle(true)).trials()).allMatch(t -> t.state() == State.THERE);
        assertThat(elsewhere.list("")).isEqualTo(keys);
    }

    @Test
    void aWrongTrialIsRefusedAndNamedAndLeavesNothing() {
        TreeMap<String, byte[]> files = files(bundle(true));
        String model = files.keySet().stream()
                .filter(path -> path.endsWith("model.safetensors"))
                .findFirst()
                .orElseThrow();
        byte[] changed = Objects.requireNonNull(files.get(model)).clone();
        changed[3] ^= 1;
        files.put(model, changed);
        byte[] sealedAnew = BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files));
        Imported imported = into(elsewhere, sealedAnew);
        assertThat(imported.count(State.IMPORTED)).isEqualTo(3);
        ImportedTrial refused = imported.trials().stream()
                .filter(t -> t.state() == State.REFUSED)
                .findFirst()
                .orElseThrow();
        assertThat(refused.detail()).isEqualTo("its model does not have the SHA-256 of its result");
        assertThat(model).contains(refused.key());
        assertThat(elsewhere.list("trials/" + refused.key())).isEmpty();
        assertThat(imported.campaigns()).isEmpty();
        assertThat(elsewhere.list("runs/")).isEmpty();
    }

    @Test
    void aTrialOfAnotherSpecificationIsRefused() {
        TreeMap<String, byte[]> files = files(bundle(true));
        List<String> results =
                files.keySet().stream().filter(p -> p.endsWith("/result.json")).toList();
        files.put(results.get(0), Objects.requireNonNull(files.get(results.get(1))));
        byte[] swapped = BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files));
        Imported imported = into(elsewhere, swapped);
        assertThat(imported.trials())
                .filteredOn(t -> t.state() == State.REFUSED)
                .singleElement()
                .extracting(ImportedTrial::detail)
                .asString()
                .contains("its specification gives the key")
                .contains("its result is of another training than training.json");
    }

    @Test
    void withoutModelsThereIsNothingToImport() {
        assertThat(into(elsewhere, bundle(false)).trials())
                .allMatch(t -> t.state() == State.REFUSED && t.detail().contains("export --models"));
        assertThat(elsewhere.list("")).isEmpty();
    }

    @Test
    void anotherResultInTheStoreIsKept() {
        new SampleCampaign(HOME, elsewhere, "smoke-0")
                .on(SampleCampaign.STACK, 0.01)
                .written();
        assertThat(into(elsewhere, bundle(true)).trials())
                .allMatch(t -> t.state() == State.REFUSED)
                .extracting(ImportedTrial::detail)
                .containsOnly("the store has another result under its key");
    }

    @Test
    void aDamagedBundleOrAnotherOneIsRefusedAsAWhole() {
        byte[] bundle = bundle(true);
        assertThatThrownBy(() -> new EvidenceImport(bundle, "bundle", Optional.of("00"), elsewhere, CLAIMS))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("has the digest");
        TreeMap<String, byte[]> files =
                new TreeMap<>(BundleArchive.read(bundle, "bundle").files());
        files.put("store/runs/" + RUN + "/extra", new byte[1]);
        assertThatThrownBy(() -> into(elsewhere, BundleArchive.write(new Bundle(files))))
                .hasMessageContaining("extra is not in the manifest");
        files.remove("store/runs/" + RUN + "/extra");
        files.put("store/../x", new byte[1]);
        assertThatThrownBy(() -> into(elsewhere, BundleArchive.write(new Bundle(files))))
                .hasMessageContaining("names that export does not write");
        assertThat(elsewhere.list("")).isEmpty();
    }

    private static byte[] bundle(boolean models) {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(HOME, store, RUN).written();
        return bundle(store, models);
    }

    private static byte[] bundle(ArtifactStore store, boolean models) {
        return new EvidenceExport(store, models)
                .of(RUN, CLAIMS, Optional.empty(), "4f2a91c", Instant.EPOCH)
                .archive();
    }

    private static Imported into(ArtifactStore store, byte[] bundle) {
        return new EvidenceImport(bundle, "bundle", Optional.empty(), store, CLAIMS).run();
    }

    /** Without the manifest. */
    private static TreeMap<String, byte[]> files(byte[] bundle) {
        TreeMap<String, byte[]> files =
                new TreeMap<>(BundleArchive.read(bundle, "bundle").files());
        files.keySet().removeIf(path -> path.startsWith("manifest."));
        return files;
    }
}
