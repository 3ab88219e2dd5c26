package normlab.app.registration;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import normlab.app.config.CodeVersion;
import normlab.app.config.Git;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.experiment.StoppingRule;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.json.StrictBinding;
import normlab.provenance.Sha256;
import normlab.registration.Protocol;
import normlab.report.claim.ClaimSet;

/** The registrations of a checkout: for each a page for people and a JSON file. They are written once. */
public final class Registrations {
    /** Below the checkout. */
    public static final String FOLDER = "workflows/registered";

    private static final String SUFFIX = ".json";

    private final Path checkout;
    private final Path folder;

    /** @param checkout that holds them */
    public Registrations(Path checkout) {
        this.checkout = checkout;
        this.folder = checkout.resolve(FOLDER);
    }

    /** A registration's file. */
    public record Registered(String name, byte[] file) {
        public String sha256() {
            return Sha256.of(file);
        }

        public Registration registration() {
            return Registration.read(file, Registration.path(name));
        }
    }

    /** The registration of an experiment that no other replaces. */
    public Optional<Registered> current(String experiment) {
        TreeMap<String, byte[]> own = new TreeMap<>();
        Set<String> superseded = new HashSet<>();
        // Earlier versions wrote experiments that this one may not read: of those, only the names count.
        files().forEach((name, file) -> {
            JsonNode json = Json.parse(file, Registration.path(name));
            if (json.path("experiment").path("name").asText().equals(experiment)) {
                own.put(name, file);
                superseded.add(json.path("supersedes").path("name").asText());
            }
        });
        own.keySet().removeAll(superseded);
        if (own.size() > 1) {
            throw new InvalidInputException(
                    "experiment " + experiment,
                    "has the registrations %s, expected one that supersedes the others"
                            .formatted(String.join(" and ", own.keySet())));
        }
        return own.entrySet().stream().findFirst().map(entry -> new Registered(entry.getKey(), entry.getValue()));
    }

    /** Whether a version of the code is a commit that contains the registration as it is. */
    public boolean contains(String code, Registered registered) {
        return CodeVersion.isExact(code)
                && new Git(checkout)
                        .file(code, Registration.path(registered.name()))
                        .filter(file -> Arrays.equals(file, registered.file()))
                        .isPresent();
    }

    /**
     * Writes the registration of an experiment.
     *
     * @param supersedes name of the one that it replaces
     * @throws InvalidInputException if there is no protocol, a pilot seed among the seeds, or an earlier registration
     */
    public Registered write(Experiment experiment, ClaimSet claims, Optional<String> supersedes, Instant now) {
        refuse(experiment);
        Optional<Registered> earlier = current(experiment.name());
        Rules rules = Rules.of(claims);
        refuse(experiment, rules, earlier, supersedes);
        String name = freeName(experiment.name());
        Registration registration = new Registration(
                Registration.FORMAT,
                name,
                now,
                earlier.map(e -> new Registration.Superseded(e.name(), e.sha256())),
                experiment,
                Registration.sha256(experiment),
                rules,
                "");
        byte[] page = new RegistrationPage(registration, claims).text().getBytes(StandardCharsets.UTF_8);
        byte[] file = registration.withPage(Sha256.of(page)).bytes();
        write(name + ".md", page);
        write(name + SUFFIX, file);
        return new Registered(name, file);
    }

    private static void refuse(Experiment experiment) {
        Protocol protocol = experiment
                .protocol()
                .orElseThrow(
                        () -> new InvalidInputException(
                                "experiment " + experiment.name(),
                                "has no protocol, expected question, hypotheses, primaryMeasure, ratesChosenBy, changesOurMind and pilotSeeds below protocol; workflows/experiments/README.md explains the keys"));
        List<String> pilots = mostTrials(experiment).stream()
                .filter(trial -> protocol.pilotSeeds().contains(trial.spec().seed()))
                .map(ArmTrial::label)
                .toList();
        if (!pilots.isEmpty()) {
            throw new InvalidInputException(
                    "experiment " + experiment.name(),
                    "has trials with pilot seeds, which may not answer the question that they led to: %s; give its arms other seeds"
                            .formatted(String.join(", ", pilots)));
        }
    }

    /** With all the seeds that a stopping rule may add. */
    static List<ArmTrial> mostTrials(Experiment experiment) {
        return experiment
                .stoppingRule()
                .map(StoppingRule::mostSeeds)
                .filter(most -> most > experiment.sharedSeeds().size())
                .map(experiment::withSharedSeeds)
                .orElse(experiment)
                .trials();
    }

    private static void refuse(
            Experiment experiment, Rules rules, Optional<Registered> earlier, Optional<String> supersedes) {
        String subject = "experiment " + experiment.name();
        if (earlier.isEmpty()) {
            supersedes.ifPresent(name -> {
                throw new InvalidInputException(subject, "has no registration that could be superseded");
            });
            return;
        }
        String name = earlier.get().name();
        if (supersedes.isEmpty()) {
            throw new InvalidInputException(
                    subject,
                    "is registered as %s, which is not overwritten; --supersedes %s writes a new registration that names it"
                            .formatted(name, name));
        }
        if (!supersedes.get().equals(name)) {
            throw new InvalidInputException(
                    subject,
                    "is registered as %s, not as %s%s"
                            .formatted(
                                    name, supersedes.get(), StrictBinding.suggestion(supersedes.get(), List.of(name))));
        }
        Registration old = earlier.get().registration();
        if (old.experimentSha256().equals(Registration.sha256(experiment))
                && old.rules().equals(rules)) {
            throw new InvalidInputException(subject, "is as registered in %s: nothing has changed".formatted(name));
        }
    }

    private String freeName(String experiment) {
        List<String> names = new ArrayList<>(List.of(experiment));
        while (Files.exists(folder.resolve(names.getLast() + SUFFIX))
                || Files.exists(folder.resolve(names.getLast() + ".md"))) {
            names.add(experiment + "-" + (names.size() + 1));
        }
        return names.getLast();
    }

    private void write(String file, byte[] bytes) {
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(file), bytes, StandardOpenOption.CREATE_NEW);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder.resolve(file), e);
        }
    }

    private TreeMap<String, byte[]> files() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return files;
        }
        try (Stream<Path> found = Files.list(folder)) {
            for (Path file : found.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
                String name = file.getFileName().toString();
                files.put(name.substring(0, name.length() - SUFFIX.length()), Files.readAllBytes(file));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the registrations in " + folder, e);
        }
    }
}
