package normlab.app.registration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.app.config.CodeVersion;
import normlab.app.config.Home;
import normlab.app.registration.Registrations.Registered;
import normlab.campaign.CampaignArchive;
import normlab.campaign.CampaignId;
import normlab.campaign.CampaignPlan;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.campaign.CampaignRecord;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.TrialSpec;
import normlab.json.InvalidInputException;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.registration.RegistrationStatus;
import normlab.registration.RegistrationStatus.Kind;
import normlab.trial.TrainedBy;
import normlab.trial.TrialArchive;

/** Whether a campaign keeps to the registration that it was started with, as far as the store can tell. */
public final class RegistrationCheck {
    /** The one reason that the contents of a bundle do not show. */
    public static final String OTHER_JUDGING = "the code that judges is not the one registered";

    private final ArtifactStore store;
    private final Rules rules;

    /** @param rules by which the campaign is judged */
    public RegistrationCheck(ArtifactStore store, Rules rules) {
        this.store = store;
        this.rules = rules;
    }

    /** The registration that a campaign was started with. */
    public static Optional<Registration> of(ArtifactStore store, String campaign) {
        CampaignArchive archive = new CampaignArchive(store, campaign);
        return archive.registration().map(file -> Registration.read(file, archive.key("registration.json")));
    }

    /** With all reasons why the campaign is exploratory, if it is. */
    public RegistrationStatus status(CampaignRecord record, Experiment experiment, CampaignPlan plan) {
        Optional<byte[]> file = new CampaignArchive(store, record.id()).registration();
        if (file.isEmpty()) {
            return RegistrationStatus.none();
        }
        Registration registration;
        try {
            registration = of(store, record.id()).orElseThrow();
        } catch (InvalidInputException e) {
            return unreadable(e);
        }
        String sha256 = Sha256.of(file.get());
        List<String> reasons = new ArrayList<>(beforehand(registration, sha256, record, experiment));
        reasons.addAll(plan(experiment, plan));
        reasons.addAll(trials(registration, sha256, plan.trials()));
        return status(registration, experiment, reasons);
    }

    private static RegistrationStatus unreadable(InvalidInputException e) {
        return RegistrationStatus.none()
                .exploratory(List.of("its registration cannot be read: " + String.join("; ", e.problems())));
    }

    private static RegistrationStatus status(Registration registration, Experiment experiment, List<String> reasons) {
        boolean whole =
                RegisteredScope.of(registration.experiment(), experiment).whole();
        Kind kind = !reasons.isEmpty() ? Kind.EXPLORATORY : whole ? Kind.REGISTERED : Kind.PIECE;
        return new RegistrationStatus(
                kind,
                Optional.of(registration.name()),
                Optional.of(registration.rules().sha256()),
                reasons);
    }

    /** What can be said before anything is trained: all but what the store has from before. */
    public RegistrationStatus beforehand(Registered registered, CampaignRecord record, Experiment experiment) {
        return beforehand(registered, record, experiment, List.of());
    }

    private RegistrationStatus beforehand(
            Registered registered, CampaignRecord record, Experiment experiment, List<PlannedTrial> cached) {
        try {
            Registration registration = registered.registration();
            List<String> reasons = new ArrayList<>(beforehand(registration, registered.sha256(), record, experiment));
            reasons.addAll(trials(registration, registered.sha256(), cached));
            return status(registration, experiment, reasons);
        } catch (InvalidInputException e) {
            return unreadable(e);
        }
    }

    /**
     * What a campaign would be that is started now.
     *
     * @param cached its trials that the store has
     */
    public RegistrationStatus foreseen(Home home, Experiment experiment, List<PlannedTrial> cached) {
        Registrations registrations = new Registrations(home.root());
        Optional<Registered> registered = registrations.current(experiment.name());
        String code = CodeVersion.of(home.root());
        Instant now = Instant.now();
        CampaignRecord record = new CampaignRecord(
                CampaignId.create(experiment.name(), now).text(),
                experiment.name(),
                now,
                code,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                registered.filter(r -> registrations.contains(code, r)).map(Registered::sha256));
        return registered
                .map(r -> beforehand(r, record, experiment, cached))
                .orElseGet(() ->
                        RegistrationStatus.none().exploratory(List.of(experiment.name() + " has no registration")));
    }

    private List<String> beforehand(
            Registration registration, String sha256, CampaignRecord record, Experiment experiment) {
        List<String> reasons = new ArrayList<>(registration.contradictions());
        if (!record.registration().equals(Optional.of(sha256))) {
            reasons.add("the code that started the campaign, %s, is not a commit that contains the registration %s"
                    .formatted(record.code(), registration.name()));
        }
        RegisteredScope.of(registration.experiment(), experiment)
                .differences()
                .forEach(difference -> reasons.add("another experiment than registered: " + difference));
        if (!registration.rules().claims().equals(rules.claims())) {
            reasons.add("the claims and their rules are not those registered");
        } else if (!registration.rules().equals(rules)) {
            reasons.add(OTHER_JUDGING);
        }
        return reasons;
    }

    /** Who leaves trials out, or takes others, chooses among results. */
    private List<String> plan(Experiment experiment, CampaignPlan plan) {
        Map<String, TrialSpec> asked =
                experiment.trials().stream().collect(Collectors.toMap(ArmTrial::label, ArmTrial::spec));
        List<String> others = plan.trials().stream()
                .filter(trial ->
                        !new TrialArchive(store, trial.id()).identity().spec().equals(asked.remove(trial.label())))
                .map(PlannedTrial::label)
                .toList();
        List<String> reasons = new ArrayList<>();
        add(reasons, "planned, but not as the experiment says: ", others);
        add(reasons, "not planned: ", asked.keySet().stream().sorted().toList());
        return reasons;
    }

    private List<String> trials(Registration registration, String sha256, List<PlannedTrial> planned) {
        List<String> pilots = new ArrayList<>();
        List<String> others = new ArrayList<>();
        List<String> earlier = new ArrayList<>();
        for (PlannedTrial trial : planned) {
            TrialArchive archive = new TrialArchive(store, trial.id());
            if (registration.pilotSeeds().contains(archive.identity().spec().seed())) {
                pilots.add(trial.label());
            }
            // What has no result was never judged.
            if (archive.isComplete()) {
                List<TrainedBy> trainedBy = archive.trainedBy();
                if (!byTheRegistered(trainedBy, sha256)) {
                    others.add("%s (%s)".formatted(trial.label(), versions(trainedBy)));
                }
                if (beganEarlier(archive, trainedBy, registration)) {
                    earlier.add(trial.label());
                }
            }
        }
        List<String> reasons = new ArrayList<>();
        add(reasons, "trained by code without the registration: ", others);
        add(reasons, "trained before the registration of %s: ".formatted(registration.registeredAt()), earlier);
        add(reasons, "trained with a pilot seed: ", pilots);
        return reasons;
    }

    private static boolean byTheRegistered(List<TrainedBy> trainedBy, String sha256) {
        return !trainedBy.isEmpty()
                && trainedBy.stream()
                        .allMatch(t -> CodeVersion.isExact(t.code())
                                && t.registration().equals(Optional.of(sha256)));
    }

    private static boolean beganEarlier(TrialArchive archive, List<TrainedBy> trainedBy, Registration registration) {
        return trainedBy.stream().anyMatch(t -> t.at().isBefore(registration.registeredAt()))
                || archive.training()
                        .filter(t -> t.startedAt().isBefore(registration.registeredAt()))
                        .isPresent();
    }

    private static String versions(List<TrainedBy> trainedBy) {
        return trainedBy.isEmpty()
                ? "code unknown"
                : String.join(
                        ", ", trainedBy.stream().map(TrainedBy::code).distinct().toList());
    }

    private static void add(List<String> reasons, String what, List<String> labels) {
        if (!labels.isEmpty()) {
            reasons.add(what + String.join(", ", labels));
        }
    }
}
