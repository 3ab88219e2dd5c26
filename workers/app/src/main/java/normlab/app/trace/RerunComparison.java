package normlab.app.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.trial.JournalRow;
import normlab.trial.TrialResult;

/**
 * Whether a campaign that repeats another came to the same end.
 *
 * @param models of the first campaign, and how many of them came out with the same bytes
 * @param stackDifferences in code, libraries, device class or threads; {@code asked} is now, {@code stored} then
 * @param first where the first difference shows, in words
 */
public record RerunComparison(
        Agreement standing,
        int models,
        int equal,
        List<IdentityDifference> stackDifferences,
        Optional<String> first,
        String sentence) {
    public RerunComparison {
        stackDifferences = List.copyOf(stackDifferences);
    }

    /** How near the two are. */
    public enum Agreement {
        BYTE_EQUAL,
        /** Trained on something else, which is named, with accuracies that differ no more than seeds do. */
        WITHIN_SEED_NOISE,
        DIFFERENT
    }

    /** A trial of both campaigns; {@code now} may have failed. */
    private record Pair(Trial then, TrialResult result, Optional<Trial> now) {
        boolean equal() {
            return now.flatMap(Trial::result)
                    .filter(r ->
                            r.training().modelSha256().equals(result.training().modelSha256()))
                    .isPresent();
        }

        String label() {
            return then.planned().label();
        }
    }

    public static RerunComparison of(CampaignContents then, CampaignContents now) {
        Map<String, Trial> byLabel = new LinkedHashMap<>();
        now.trials().forEach(t -> byLabel.put(t.planned().label(), t));
        List<Pair> pairs = new ArrayList<>();
        for (Trial trial : then.trials()) {
            trial.result()
                    .ifPresent(r -> pairs.add(new Pair(
                            trial,
                            r,
                            Optional.ofNullable(byLabel.get(trial.planned().label())))));
        }
        if (pairs.isEmpty()) {
            return nothing();
        }
        List<Pair> unequal = pairs.stream().filter(p -> !p.equal()).toList();
        int equal = pairs.size() - unequal.size();
        if (unequal.isEmpty()) {
            return new RerunComparison(
                    Agreement.BYTE_EQUAL,
                    pairs.size(),
                    equal,
                    List.of(),
                    Optional.empty(),
                    "Byte-equal: all %d models came out with the same bytes.".formatted(equal));
        }
        List<IdentityDifference> stack = stackDifferences(unequal);
        String first = first(unequal.getFirst());
        Optional<String> beyond = beyondSeedNoise(pairs);
        boolean noise = !stack.isEmpty() && beyond.isEmpty();
        String sentence = noise
                ? "Equal within seed noise: %d of %d models have the same bytes, and no accuracy differs by more than seeds do."
                        .formatted(equal, pairs.size())
                : "Different: %d of %d models have the same bytes; %s. %s"
                        .formatted(
                                equal,
                                pairs.size(),
                                first,
                                stack.isEmpty()
                                        ? "Code, libraries and device class are the same, so all bytes should be."
                                        : beyond.orElse(""));
        return new RerunComparison(
                noise ? Agreement.WITHIN_SEED_NOISE : Agreement.DIFFERENT,
                pairs.size(),
                equal,
                stack,
                Optional.of(first),
                sentence.strip());
    }

    private static RerunComparison nothing() {
        return new RerunComparison(
                Agreement.DIFFERENT,
                0,
                0,
                List.of(),
                Optional.empty(),
                "Nothing to compare: no trial of the first campaign has a result.");
    }

    private static List<IdentityDifference> stackDifferences(List<Pair> pairs) {
        return pairs.stream()
                .flatMap(p -> p.now().stream()
                        .flatMap(now -> IdentityDifference.between(
                                now.identity(), p.then().identity())
                                .stream()))
                .filter(d -> d.field().startsWith("stack."))
                .distinct()
                .toList();
    }

    private static String first(Pair pair) {
        if (pair.now().flatMap(Trial::result).isEmpty()) {
            return "%s has no result now".formatted(pair.label());
        }
        List<JournalRow> then = pair.then().journal();
        List<JournalRow> now = pair.now().orElseThrow().journal();
        for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
            double a = then.get(i).trainLoss();
            double b = now.get(i).trainLoss();
            if (Double.compare(a, b) != 0) {
                return "the first difference is in %s at epoch %d: training loss %s then, %s now"
                        .formatted(pair.label(), then.get(i).epoch(), a, b);
            }
        }
        return "the first difference is in %s: its journal is the same, its model is not".formatted(pair.label());
    }

    private static Optional<String> beyondSeedNoise(List<Pair> pairs) {
        SeedNoise noise = new SeedNoise();
        for (Pair pair : pairs) {
            Optional<TrialResult> now = pair.now().flatMap(Trial::result);
            if (now.isEmpty()) {
                return Optional.of(pair.label() + " has no result now.");
            }
            noise.add(
                    pair.then().planned().cell(),
                    pair.result().test().top1(),
                    now.get().test().top1());
        }
        return noise.beyond();
    }
}
