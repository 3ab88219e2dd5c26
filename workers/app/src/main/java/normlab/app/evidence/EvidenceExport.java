package normlab.app.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.Ending;
import normlab.campaign.CampaignArchive;
import normlab.experiment.Arm;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.port.ArtifactStore;
import normlab.report.claim.ClaimSet;
import normlab.trial.PreparedDataset;
import normlab.trial.TrialArchive;

/** Collects the evidence of a campaign from the store. */
public final class EvidenceExport {
    static final List<String> OF_A_TRIAL =
            List.of("spec.json", "trained-by.jsonl", "journal.jsonl", "probes.jsonl", "training.json", "result.json");
    static final String MODEL = "model.safetensors";
    /** Of memory that models may take: they lie in it up to five times while they are packed. */
    private static final int SHARE = 6;

    private final ArtifactStore store;
    private final boolean models;
    private final long memory;

    /** @param models whether the trained weights are packed too */
    public EvidenceExport(ArtifactStore store, boolean models) {
        this(store, models, Runtime.getRuntime().maxMemory());
    }

    /** @param memory in bytes that there are for the bundle and all else */
    EvidenceExport(ArtifactStore store, boolean models, long memory) {
        this.store = store;
        this.models = models;
        this.memory = memory;
    }

    /** @param digest to be kept elsewhere: it stands for every byte of the archive's files */
    public record Exported(byte[] archive, String digest, int files) {}

    /**
     * @param claims that the campaign is read for
     * @param sbom what the program is made of, in CycloneDX's JSON; none where its build made none
     * @param code version of the code that exports
     */
    public Exported of(String campaign, ClaimSet claims, Optional<byte[]> sbom, String code, Instant at) {
        CampaignContents contents = CampaignContents.read(store, campaign).asEnded();
        List<CampaignContents> packed = new ArrayList<>(List.of(contents));
        contents.record()
                .rerunOf()
                .ifPresent(original ->
                        packed.add(CampaignContents.read(store, original).asEnded()));
        refuseUnlessTheyFit(campaign, packed);
        TreeMap<String, byte[]> files = new TreeMap<>();
        packed.forEach(each -> add(each, files));
        files.put(Bundle.CLAIMS, Json.bytes(claims));
        files.put(Bundle.ENVIRONMENT, Json.bytes(Environment.of(contents, code)));
        sbom.ifPresent(bytes -> files.put(Bundle.SBOM, bytes));
        files.put("README.txt", readme(campaign).getBytes(StandardCharsets.UTF_8));
        Bundle bundle = Bundle.sealed(campaign, at, files);
        return new Exported(
                BundleArchive.write(bundle), bundle.digest(), bundle.files().size());
    }

    private void refuseUnlessTheyFit(String campaign, List<CampaignContents> packed) {
        long weights = packed.stream()
                .flatMap(each -> each.trials().stream())
                .flatMap(t -> t.result().stream())
                .mapToLong(r -> r.training().parameters() * Float.BYTES)
                .sum();
        long room = memory / SHARE;
        if (models && weights > room) {
            throw new InvalidInputException(
                    campaign,
                    "has models of %,d MiB, expected at most %,d MiB to pack them into one bundle; leave --models out, and take single ones with ./normlab export-model"
                            .formatted(weights >> 20, room >> 20));
        }
    }

    private void add(CampaignContents contents, TreeMap<String, byte[]> files) {
        CampaignArchive campaign = new CampaignArchive(store, contents.record().id());
        for (String name : List.of("run.json", "registration.json", "experiment.json", "plan.json", "ending.json")) {
            add(campaign.key(name), files);
        }
        store.list(campaign.key("report/")).forEach(key -> add(key, files));
        for (CampaignContents.Trial trial : contents.trials()) {
            files(contents, trial)
                    .forEach(name -> add(new TrialArchive(store, trial.planned().id()).key(name), files));
            add(
                    PreparedDataset.key(
                            trial.identity().spec().dataset().name(),
                            trial.identity().datasetFingerprint()),
                    files);
        }
    }

    /** Of a trial without a result its specification; what else there is may be another campaign's by now. */
    private List<String> files(CampaignContents contents, CampaignContents.Trial trial) {
        if (trial.result().isPresent()) {
            return models ? Stream.concat(OF_A_TRIAL.stream(), Stream.of(MODEL)).toList() : OF_A_TRIAL;
        }
        boolean kept = contents.ending().flatMap(Ending::unfinished).isPresent();
        return kept
                ? List.of("spec.json")
                : List.of(
                        "spec.json",
                        "progress/journal.jsonl",
                        "progress/probes.jsonl",
                        "journal.jsonl",
                        "probes.jsonl");
    }

    private void add(String key, TreeMap<String, byte[]> files) {
        store.get(key).ifPresent(bytes -> files.put(Bundle.STORE + key, bytes));
    }

    private static String readme(String campaign) {
        return """
            Evidence of the NormLab campaign %s.

            Check it, offline, with NormLab: ./normlab verify <this file> --digest <digest that you were given>
            Without NormLab: unzip it, `sha256sum -c manifest.sha256`, and compare each file with manifest.json.

            store/       what the campaign left, under the keys of its store: the resolved experiment, the plan,
                         each trial's specification, journal and result, the report, MLflow's pages and the
                         workflow's id (ending.json)
            claims.json  the claims that it was read for
            environment.json, sbom.json  on what it ran, and what the program is made of

            %s
            """.formatted(campaign, Arm.DISCLAIMER);
    }
}
