package normlab.app.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.app.campaign.CampaignReport;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.port.StoreException;
import normlab.report.claim.ClaimSet;
import normlab.trial.TrialArchive;
import normlab.trial.TrialId;
import normlab.trial.TrialResult;

/**
 * Takes the trials of a bundle into a store, each verified first, so that a campaign can go on where it did not begin. A
 * trial that is wrong is refused as a whole; an ended campaign comes in with its report, if none of its trials is.
 */
public final class EvidenceImport {
    private final Bundle bundle;
    private final String subject;
    private final ArtifactStore store;
    private final ClaimSet claims;

    /**
     * @param subject what the archive is, for messages: its file
     * @param digest that came another way than the bundle
     * @param claims that the report reads the campaign for
     * @throws InvalidInputException if the archive is damaged, or is another one than the digest says
     */
    public EvidenceImport(
            byte[] archive, String subject, Optional<String> digest, ArtifactStore store, ClaimSet claims) {
        this.bundle = BundleArchive.read(archive, subject);
        this.subject = subject;
        this.store = store;
        this.claims = claims;
        digest.filter(d -> !d.equalsIgnoreCase(bundle.digest())).ifPresent(d -> {
            throw new InvalidInputException(subject, "has the digest %s, %s was given".formatted(bundle.digest(), d));
        });
    }

    /** What became of a trial. */
    public enum State {
        IMPORTED,
        /** The store had it. */
        THERE,
        /** The bundle has no result of it. */
        UNFINISHED,
        REFUSED
    }

    /** @param detail why it was refused; empty for the others */
    public record ImportedTrial(String label, String key, State state, String detail) {
        public ImportedTrial {
            // What a bundle says may hold what moves a terminal's cursor.
            label = label.replaceAll("\\p{Cntrl}", "?");
            detail = detail.replaceAll("\\p{Cntrl}", "?");
        }
    }

    /** @param campaigns that came in with their reports, or were there */
    public record Imported(String run, List<ImportedTrial> trials, List<String> campaigns) {
        public long count(State state) {
            return trials.stream().filter(t -> t.state() == state).count();
        }
    }

    /** @throws InvalidInputException if something is damaged that is not part of a trial; then nothing is written */
    public Imported run() {
        refuseStrangeNames();
        List<String> damage = bundle.damage();
        String run = bundle.manifest().run();
        List<String> campaigns = campaigns(run);
        Map<TrialId, PlannedTrial> planned = new TreeMap<>();
        campaigns.forEach(c -> plan(c).forEach(trial -> planned.putIfAbsent(trial.id(), trial)));
        refuseDamageBeside(planned.values().stream().map(t -> path(t.id())).toList(), damage);
        List<ImportedTrial> trials = planned.values().stream()
                .map(trial -> take(trial, damage))
                .sorted(Comparator.comparing(ImportedTrial::label))
                .toList();
        boolean whole = trials.stream().noneMatch(t -> t.state() == State.REFUSED);
        return new Imported(
                run, trials, whole ? campaigns.stream().filter(this::take).toList() : List.of());
    }

    /** What a store makes of other names, nobody knows. */
    private void refuseStrangeNames() {
        List<String> strange = bundle.files().keySet().stream()
                .filter(name -> !name.matches("[\\w./-]+") || name.contains(".."))
                .toList();
        if (!strange.isEmpty()) {
            throw new InvalidInputException(
                    subject, "has %d files with names that export does not write".formatted(strange.size()));
        }
    }

    /** The one in the bundle, after the one that it repeats. */
    private List<String> campaigns(String run) {
        Optional<String> original =
                new CampaignArchive(bundle.store(), run).record().flatMap(CampaignRecord::rerunOf);
        return Stream.concat(original.stream(), Stream.of(run)).toList();
    }

    private List<PlannedTrial> plan(String campaign) {
        return new CampaignArchive(bundle.store(), campaign)
                .plan()
                .orElseThrow(() -> new InvalidInputException(subject, "has no plan of the campaign " + campaign))
                .trials();
    }

    private void refuseDamageBeside(List<String> trials, List<String> damage) {
        List<String> beside = damage.stream()
                .filter(d -> trials.stream().noneMatch(d::startsWith))
                .toList();
        if (!beside.isEmpty()) {
            throw new InvalidInputException(subject, beside);
        }
    }

    private static String path(TrialId trial) {
        return Bundle.STORE + trial.prefix() + "/";
    }

    private ImportedTrial take(PlannedTrial planned, List<String> damage) {
        List<String> problems = new ArrayList<>(
                damage.stream().filter(d -> d.startsWith(path(planned.id()))).toList());
        Optional<TrialResult> result = problems.isEmpty() ? verified(planned, problems) : Optional.empty();
        if (!problems.isEmpty()) {
            return imported(planned, State.REFUSED, problems);
        }
        if (result.isEmpty()) {
            return imported(planned, State.UNFINISHED, problems);
        }
        TrialArchive archive = new TrialArchive(store, planned.id());
        Optional<TrialResult> own = archive.result();
        if (own.isPresent()) {
            return isSame(own.get(), result.get())
                    ? imported(planned, State.THERE, List.of())
                    : imported(planned, State.REFUSED, List.of("the store has another result under its key"));
        }
        List<String> conflicts = conflicts(files(archive));
        if (conflicts.isEmpty()) {
            write(files(archive));
        }
        return imported(planned, conflicts.isEmpty() ? State.IMPORTED : State.REFUSED, conflicts);
    }

    private static ImportedTrial imported(PlannedTrial trial, State state, List<String> problems) {
        return new ImportedTrial(trial.label(), trial.key(), state, String.join("; ", problems));
    }

    /** Same model and same scores; times may differ, where both have trained it. */
    private static boolean isSame(TrialResult own, TrialResult other) {
        return own.identity().equals(other.identity())
                && own.training().modelSha256().equals(other.training().modelSha256())
                && own.test().equals(other.test());
    }

    private Optional<TrialResult> verified(PlannedTrial planned, List<String> problems) {
        try {
            Trial trial = CampaignContents.trial(bundle.store(), planned);
            if (trial.result().isPresent()) {
                problems.addAll(TrialChecks.problems(bundle.store(), trial));
            }
            return trial.result();
        } catch (InvalidInputException | StoreException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Keys, the result's last: its presence means that the trial is complete. */
    private List<String> files(TrialArchive archive) {
        return Stream.concat(Stream.of(EvidenceExport.MODEL), EvidenceExport.OF_A_TRIAL.stream())
                .map(archive::key)
                .filter(bundle.store()::exists)
                .toList();
    }

    /** Another campaign may be at it. */
    private List<String> conflicts(List<String> keys) {
        return keys.stream()
                .filter(key -> store.get(key)
                        .filter(own -> !Arrays.equals(own, bundle.store().require(key)))
                        .isPresent())
                .map("the store has another "::concat)
                .toList();
    }

    private void write(List<String> keys) {
        keys.forEach(key -> store.putIfAbsent(key, bundle.store().require(key)));
    }

    /** Its report is made again: pages of others are not shown here. One that has not ended is started anew by {@code run}. */
    private boolean take(String campaign) {
        CampaignContents contents =
                CampaignContents.read(bundle.store(), campaign).asEnded();
        CampaignArchive archive = new CampaignArchive(store, campaign);
        if (contents.ending().isEmpty()) {
            return false;
        }
        if (archive.record().isEmpty()) {
            write(bundle.store().list("datasets/"));
            write(Stream.of("registration.json", "experiment.json", "plan.json")
                    .map(archive::key)
                    .filter(bundle.store()::exists)
                    .toList());
            new CampaignReport(store, claims).write(contents);
            write(List.of(archive.key("run.json")));
        }
        return true;
    }
}
