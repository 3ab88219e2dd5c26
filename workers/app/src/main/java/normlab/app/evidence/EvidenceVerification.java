package normlab.app.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.config.CodeVersion;
import normlab.app.config.Git;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.port.StoreException;
import normlab.report.claim.ClaimSet;

/** Checks a bundle on any machine: no network, no stack, no data. */
public final class EvidenceVerification {
    private final byte[] archive;
    private final String subject;
    private final Git history;

    /**
     * @param subject what the archive is, for messages: its file
     * @param history in which the commits that trained are looked up, to see whether they contain the registration
     */
    public EvidenceVerification(byte[] archive, String subject, Git history) {
        this.archive = archive;
        this.subject = subject;
        this.history = history;
    }

    /** @param run the campaign in the bundle; empty where that cannot be read */
    public record Verdict(String run, String digest, List<EvidenceCheck> checks) {
        public boolean right() {
            return checks.stream().noneMatch(c -> c.outcome() == EvidenceCheck.Outcome.WRONG);
        }
    }

    /**
     * @param expected digest that came another way than the bundle
     * @param code version of this program: the same one must write the same report
     */
    public Verdict verify(Optional<String> expected, String code) {
        List<EvidenceCheck> checks = new ArrayList<>();
        Bundle bundle;
        try {
            bundle = BundleArchive.read(archive, subject);
            checks.add(EvidenceCheck.right("archive", "byte for byte in the form in which it was written"));
            checks.add(integrity(bundle));
        } catch (InvalidInputException e) {
            String part = e.subject().equals(subject) ? "" : e.subject() + " ";
            return new Verdict("", "", List.of(EvidenceCheck.wrong("archive", part + String.join("; ", e.problems()))));
        }
        checks.add(digest(bundle, expected));
        if (checks.stream().noneMatch(c -> c.outcome() == EvidenceCheck.Outcome.WRONG)) {
            checks.addAll(contents(bundle, code));
        }
        return new Verdict(bundle.manifest().run(), bundle.digest(), checks);
    }

    private static EvidenceCheck integrity(Bundle bundle) {
        List<String> damage = bundle.damage();
        return damage.isEmpty()
                ? EvidenceCheck.right(
                        "files",
                        "%d, each with the SHA-256 of the manifest"
                                .formatted(bundle.files().size()))
                : EvidenceCheck.wrong("files", String.join("; ", damage));
    }

    private static EvidenceCheck digest(Bundle bundle, Optional<String> expected) {
        if (expected.isEmpty()) {
            return EvidenceCheck.open(
                    "origin", "no --digest was given, so who changed all of it together would not be found");
        }
        return expected.get().equalsIgnoreCase(bundle.digest())
                ? EvidenceCheck.right("origin", "the digest is the one given")
                : EvidenceCheck.wrong(
                        "origin", "the digest is %s, %s was given".formatted(bundle.digest(), expected.get()));
    }

    private static EvidenceCheck sbom(Bundle bundle) {
        return Optional.ofNullable(bundle.files().get(Bundle.SBOM))
                .map(bytes -> EvidenceCheck.right(
                        "SBOM",
                        "%d components"
                                .formatted(Json.parse(bytes, Bundle.SBOM)
                                        .path("components")
                                        .size())))
                .orElse(EvidenceCheck.open("SBOM", "not in the bundle: the build that exported made none"));
    }

    private List<EvidenceCheck> contents(Bundle bundle, String code) {
        try {
            CampaignContents contents = CampaignContents.read(
                            bundle.store(), bundle.manifest().run())
                    .asEnded();
            ClaimSet claims = Json.read(bundle.required(Bundle.CLAIMS), ClaimSet.class, Bundle.CLAIMS);
            List<EvidenceCheck> checks = new ArrayList<>(new TrialChecks(bundle, contents).all());
            checks.add(sbom(bundle));
            checks.addAll(new RegistrationChecks(bundle, contents, claims, history).all());
            // The campaign's own code wrote the report, not that which exported it later.
            boolean sameCode =
                    exportedBy(bundle, code) && contents.record().code().equals(code);
            checks.addAll(new ReportCheck(bundle, contents, claims).all(sameCode));
            return checks;
        } catch (InvalidInputException | StoreException | IllegalArgumentException e) {
            return List.of(unreadable(bundle, code, e));
        }
    }

    private static boolean exportedBy(Bundle bundle, String code) {
        return CodeVersion.isExact(code)
                && Json.read(bundle.required(Bundle.ENVIRONMENT), Environment.class, Bundle.ENVIRONMENT)
                        .exportedBy()
                        .equals(code);
    }

    /** What this version has written it can read, unless somebody has changed it. */
    private static EvidenceCheck unreadable(Bundle bundle, String code, RuntimeException failure) {
        boolean own;
        try {
            own = exportedBy(bundle, code);
        } catch (InvalidInputException | IllegalArgumentException e) {
            own = false;
        }
        return own
                ? EvidenceCheck.wrong(
                        "contents", "this version exported it and cannot read it: " + failure.getMessage())
                : EvidenceCheck.open(
                        "contents", "written by a version that this one cannot read: " + failure.getMessage());
    }
}
