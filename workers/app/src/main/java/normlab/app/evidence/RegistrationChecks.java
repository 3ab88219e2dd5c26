package normlab.app.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.Ending;
import normlab.app.config.CodeVersion;
import normlab.app.config.Git;
import normlab.app.registration.Registration;
import normlab.app.registration.RegistrationCheck;
import normlab.app.registration.Rules;
import normlab.campaign.CampaignArchive;
import normlab.provenance.Sha256;
import normlab.registration.RegistrationStatus;
import normlab.registration.RegistrationStatus.Kind;
import normlab.report.claim.ClaimSet;
import normlab.trial.TrainedBy;
import normlab.trial.TrialArchive;

/**
 * Whether a campaign is registered, a registered piece or exploratory, as its report says.
 *
 * @param history in which the commits that trained are looked up
 */
record RegistrationChecks(Bundle bundle, CampaignContents contents, ClaimSet claims, Git history) {
    private static final String SUBJECT = "registration";
    private static final String HISTORY = "commits with the registration";

    List<EvidenceCheck> all() {
        if (contents.ending().isEmpty()) {
            return List.of(EvidenceCheck.open(SUBJECT, "the campaign had not ended when it was exported"));
        }
        RegistrationStatus stated =
                contents.ending().flatMap(Ending::registration).orElse(RegistrationStatus.none());
        Optional<Registration> registration =
                RegistrationCheck.of(bundle.store(), contents.record().id());
        Rules bundled = Rules.of(claims);
        RegistrationStatus found = new RegistrationCheck(
                        bundle.store(),
                        // By which code the campaign was judged, its bundle does not show.
                        registration
                                .map(r -> new Rules(bundled.claims(), r.rules().judging()))
                                .orElse(bundled))
                .status(contents.record(), contents.experiment(), contents.plan());
        List<EvidenceCheck> checks = new ArrayList<>(List.of(status(stated, found)));
        if (stated.kind() != Kind.EXPLORATORY && registration.isPresent()) {
            checks.add(commits(registration.get()));
            checks.add(judging(registration.get(), bundled));
        }
        return checks;
    }

    private static EvidenceCheck status(RegistrationStatus stated, RegistrationStatus found) {
        if (stated.kind() == found.kind() && stated.registration().equals(found.registration())) {
            return EvidenceCheck.right(
                    SUBJECT,
                    found.kind() == Kind.EXPLORATORY
                            ? "exploratory: " + String.join("; ", found.reasons())
                            : found.sentence());
        }
        if (stated.reasons().contains(RegistrationCheck.OTHER_JUDGING)) {
            return EvidenceCheck.right(SUBJECT, "exploratory: " + String.join("; ", stated.reasons()));
        }
        return EvidenceCheck.wrong(
                SUBJECT,
                "the campaign ended as %s, but is %s%s"
                        .formatted(
                                named(stated),
                                named(found),
                                found.reasons().isEmpty() ? "" : ": " + String.join("; ", found.reasons())));
    }

    private static String named(RegistrationStatus status) {
        return status.kind().words()
                + status.registration().map(name -> " of " + name).orElse("");
    }

    /** Every commit that trained a trial, or started the campaign, must contain the same files. */
    private EvidenceCheck commits(Registration registration) {
        TreeSet<String> commits = new TreeSet<>(List.of(contents.record().code()));
        contents.trials().stream()
                .flatMap(trial ->
                        new TrialArchive(bundle.store(), trial.planned().id()).trainedBy().stream())
                .map(TrainedBy::code)
                .filter(CodeVersion::isExact)
                .forEach(commits::add);
        List<String> unknown = commits.stream().filter(c -> !history.knows(c)).toList();
        List<String> wrong = commits.stream()
                .filter(c -> !unknown.contains(c) && !contains(c, registration))
                .toList();
        if (!wrong.isEmpty()) {
            return EvidenceCheck.wrong(
                    HISTORY,
                    "the registration %s is not in these commits, or has other bytes there: %s"
                            .formatted(registration.name(), String.join(", ", wrong)));
        }
        return unknown.isEmpty()
                ? EvidenceCheck.right(HISTORY, "%d, each with the same bytes".formatted(commits.size()))
                : EvidenceCheck.open(
                        HISTORY,
                        "Git's history here does not have %s, so nobody checked that it contains the registration; verify the bundle in a full clone of the repository"
                                .formatted(String.join(", ", unknown)));
    }

    private boolean contains(String commit, Registration registration) {
        byte[] bundled = new CampaignArchive(bundle.store(), contents.record().id())
                .registration()
                .orElseThrow();
        return history.file(commit, Registration.path(registration.name()))
                        .filter(file -> Arrays.equals(file, bundled))
                        .isPresent()
                && history.file(commit, Registration.page(registration.name()))
                        .filter(page -> Sha256.of(page).equals(registration.pageSha256()))
                        .isPresent();
    }

    private static EvidenceCheck judging(Registration registration, Rules own) {
        return registration.rules().judging().equals(own.judging())
                ? EvidenceCheck.right("rules", "claims and judging code are those registered")
                : EvidenceCheck.open(
                        "rules",
                        "the claims are those registered, but this version judges with other code; verify with the version that started the campaign");
    }
}
