package normlab.app.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import normlab.experiment.Arm;
import normlab.experiment.Experiment;
import normlab.json.Json;
import normlab.registration.Protocol;
import normlab.report.claim.ClaimSet;

/** A registration for people, in Markdown. */
final class RegistrationPage {
    private final Registration registration;
    private final Experiment experiment;
    private final ClaimSet claims;

    RegistrationPage(Registration registration, ClaimSet claims) {
        this.registration = registration;
        this.experiment = registration.experiment();
        this.claims = claims;
    }

    String text() {
        Protocol protocol = experiment.protocol().orElseThrow();
        StringBuilder text = new StringBuilder("# Registration %s\n\n".formatted(registration.name()));
        text.append(
                "Registered at %s, before any of its trials was trained. Neither this page nor `%s.json` is changed afterwards:"
                        .formatted(registration.registeredAt(), registration.name()));
        text.append(" a change is a new registration, which names this one.\n");
        registration
                .supersedes()
                .ifPresent(old -> text.append(
                        "It supersedes [%s](%s.md), SHA-256 `%s`.\n".formatted(old.name(), old.name(), old.sha256())));
        section(text, "Question", protocol.question());
        section(text, "Hypotheses", list(protocol.hypotheses()));
        section(text, "Primary measure", protocol.primaryMeasure());
        section(text, "What would change our mind", protocol.changesOurMind());
        section(text, "What is trained", trained());
        section(text, "Arms", arms());
        section(text, "Learning rates", protocol.ratesChosenBy());
        section(text, "Seeds", seeds(protocol));
        section(text, "Rules", rules());
        section(
                text,
                "Hashes",
                table(
                        List.of("What", "SHA-256"),
                        List.of(
                                List.of("resolved experiment", "`%s`".formatted(registration.experimentSha256())),
                                List.of(
                                        "claims and their rules",
                                        "`%s`".formatted(registration.rules().claims())),
                                List.of(
                                        "code that judges",
                                        "`%s`".formatted(registration.rules().judging())))));
        text.append('\n').append(Arm.DISCLAIMER).append('\n');
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String content) {
        text.append("\n## %s\n\n%s\n".formatted(title, content.strip()));
    }

    private static String list(List<String> items) {
        return items.stream().map(item -> "- " + item.strip() + "\n").collect(Collectors.joining());
    }

    private String trained() {
        ObjectNode tree = (ObjectNode) Json.tree(experiment);
        tree.remove(List.of("name", "description", "protocol", "arms", "comparisons"));
        List<List<String>> rows = new ArrayList<>(
                List.of(List.of("trials", Integer.toString(experiment.trials().size()))));
        Json.flat(tree).forEach((key, value) -> rows.add(List.of("`%s`".formatted(key), value)));
        return experiment.description() + "\n\n" + table(List.of("Key", "Value"), rows);
    }

    private String arms() {
        List<List<String>> rows = new ArrayList<>();
        new TreeMap<>(experiment.arms()).forEach((name, arm) -> {
            ObjectNode tree = (ObjectNode) Json.tree(arm);
            tree.remove(List.of("title", "seeds"));
            rows.add(List.of("`%s`".formatted(name), arm.title(), "`%s`".formatted(Json.write(tree))));
        });
        String compared = list(experiment.comparisons().stream()
                .map(c -> "`%s` − `%s`: %s".formatted(c.treatment(), c.baseline(), c.note()))
                .toList());
        return table(List.of("Arm", "Title", "Definition"), rows)
                + (compared.isEmpty() ? "" : "\nCompared, paired by seed:\n\n" + compared);
    }

    private String seeds(Protocol protocol) {
        String arms = list(new TreeMap<>(experiment.arms())
                .entrySet().stream()
                        .map(e -> "`%s`: %s"
                                .formatted(e.getKey(), numbers(e.getValue().seeds())))
                        .toList());
        return arms
                + (protocol.pilotSeeds().isEmpty()
                        ? "\nThere was no pilot.\n"
                        : "\nPilot seeds, which no trial has: %s.\n".formatted(numbers(protocol.pilotSeeds())));
    }

    private static String numbers(List<Long> seeds) {
        return seeds.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private String rules() {
        return "Claims of %s.\n\n".formatted(claims.source())
                + table(
                        List.of("Claim", "Statement", "Rule"),
                        claims.claims().stream()
                                .map(c -> List.of(c.id(), c.statement(), "`%s`".formatted(Json.write(c.rule()))))
                                .toList());
    }

    private static String table(List<String> head, List<List<String>> rows) {
        StringBuilder text = new StringBuilder(line(head)).append(line(Collections.nCopies(head.size(), "---")));
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    private static String line(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
