package normlab.app.registration;

import static normlab.json.Checks.check;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.provenance.Sha256;

/**
 * What is asked, expected and trained, and by which rules it is judged, fixed before the first trial. Its identity is the
 * SHA-256 of its file.
 *
 * @param name of its files, without their endings
 * @param supersedes the registration that this one replaces
 * @param experiment as resolved, with its protocol
 * @param experimentSha256 of the experiment's canonical JSON
 * @param pageSha256 of the page that people read
 */
public record Registration(
        int format,
        String name,
        Instant registeredAt,
        Optional<Superseded> supersedes,
        Experiment experiment,
        String experimentSha256,
        Rules rules,
        String pageSha256) {
    static final int FORMAT = 1;

    public Registration {
        check(name.matches("[a-z0-9][a-z0-9-]*"), "name is not lower-case letters, digits and -");
    }

    /** An earlier registration. */
    public record Superseded(String name, String sha256) {}

    /** Where it stands in the checkout. */
    public static String path(String name) {
        return Registrations.FOLDER + "/" + name + ".json";
    }

    /** Where its page stands in the checkout. */
    public static String page(String name) {
        return Registrations.FOLDER + "/" + name + ".md";
    }

    /** @throws normlab.json.InvalidInputException if it is not a registration that this version reads */
    public static Registration read(byte[] file, String subject) {
        Registration registration = Json.read(file, Registration.class, subject);
        if (registration.format() != FORMAT) {
            throw new InvalidInputException(
                    subject, "has format %d, this version reads %d".formatted(registration.format(), FORMAT));
        }
        return registration;
    }

    Registration withPage(String sha256) {
        return new Registration(format, name, registeredAt, supersedes, experiment, experimentSha256, rules, sha256);
    }

    /** As the file has it: for people to compare, too. */
    byte[] bytes() {
        return (Json.parse(Json.bytes(this), name).toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(Experiment experiment) {
        return Sha256.of(Json.bytes(experiment));
    }

    /** What in it contradicts itself: somebody has changed it. */
    public List<String> contradictions() {
        List<String> found = new ArrayList<>();
        if (!sha256(experiment).equals(experimentSha256)) {
            found.add("the registration %s gives its experiment the SHA-256 %s, but contains one with %s"
                    .formatted(name, experimentSha256, sha256(experiment)));
        }
        if (experiment.protocol().isEmpty()) {
            found.add("the registration %s asks nothing".formatted(name));
        }
        return found;
    }

    /** Seeds that were used before the question was asked. */
    public List<Long> pilotSeeds() {
        return experiment.protocol().map(p -> p.pilotSeeds()).orElse(List.of());
    }
}
