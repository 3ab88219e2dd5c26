package normlab.app.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignContents.Trial;
import normlab.port.ArtifactStore;
import normlab.provenance.Sha256;
import normlab.trial.JournalRow;
import normlab.trial.Outcome;
import normlab.trial.Scores;
import normlab.trial.TrialArchive;
import normlab.trial.TrialResult;

/** Whether the trials of a bundle are consistent: keys with specifications, journals with recipes, scores with counts. */
record TrialChecks(Bundle bundle, CampaignContents contents) {
    private static final double ROUNDING = 1e-9;

    List<EvidenceCheck> all() {
        return List.of(keys(), journals(), scores(), models(), data());
    }

    /** What is wrong with a trial that has a result, of whatever campaign; its model must be there. */
    static List<String> problems(ArtifactStore store, Trial trial) {
        TrialArchive archive = new TrialArchive(store, trial.planned().id());
        TrialResult result = trial.result().orElseThrow();
        List<String> problems = new ArrayList<>();
        if (!trial.identity().key().equals(trial.planned().key())) {
            problems.add("its specification gives the key " + trial.identity().key());
        }
        if (!archive.identity().equals(trial.identity())) {
            problems.add("its result is of another specification than spec.json");
        }
        if (!archive.training().equals(Optional.of(result.training()))) {
            problems.add("its result is of another training than training.json");
        }
        if (!whole(trial)) {
            problems.add("its journal lacks epochs");
        }
        inconsistent(result)
                .forEach(which -> problems.add("its test accuracy (%s) is not that of its counts".formatted(which)));
        if (!store.exists(archive.key(EvidenceExport.MODEL))) {
            problems.add("its model is not in the bundle: pack it with ./normlab export --models");
        } else if (!Sha256.of(archive.model()).equals(result.training().modelSha256())) {
            problems.add("its model does not have the SHA-256 of its result");
        }
        return problems;
    }

    private EvidenceCheck keys() {
        return each(
                "keys",
                "recomputed from specification, data, code and libraries",
                contents.trials().stream()
                        .filter(t -> !t.identity().key().equals(t.planned().key()))
                        .map(t -> "%s has the key %s, its specification gives %s"
                                .formatted(
                                        t.planned().label(),
                                        t.planned().key(),
                                        t.identity().key()))
                        .toList());
    }

    private EvidenceCheck journals() {
        return each(
                "journals",
                "epochs without a gap, to the last one of the recipe or to divergence",
                contents.trials().stream()
                        .filter(t -> !whole(t))
                        .map(t -> t.planned().label())
                        .toList());
    }

    private static boolean whole(Trial trial) {
        List<Integer> epochs = trial.journal().stream().map(JournalRow::epoch).toList();
        boolean continuous =
                epochs.equals(IntStream.rangeClosed(1, epochs.size()).boxed().toList());
        boolean ended = trial.result()
                .filter(r -> r.training().outcome() == Outcome.COMPLETED)
                .map(r -> epochs.size() == trial.identity().spec().recipe().epochs())
                .orElse(true);
        return continuous && ended;
    }

    private EvidenceCheck scores() {
        return each(
                "test accuracy",
                "recomputed from the counts of each class",
                contents.trials().stream()
                        .flatMap(t -> t.result().stream()
                                .flatMap(r -> inconsistent(r).stream())
                                .map(which -> t.planned().label() + ", " + which))
                        .toList());
    }

    /** Which accuracies are not those of their counts. A diverged trial has the scores of chance and no counts. */
    private static List<String> inconsistent(TrialResult result) {
        List<String> wrong = new ArrayList<>();
        if (result.training().outcome() != Outcome.DIVERGED) {
            if (!consistent(result.test())) {
                wrong.add("running statistics");
            }
            if (result.testPrecise().filter(s -> !consistent(s)).isPresent()) {
                wrong.add("precise statistics");
            }
        }
        return wrong;
    }

    private static boolean consistent(Scores test) {
        long all = 0;
        long right = 0;
        for (int i = 0; i < test.confusion().size(); i++) {
            List<Integer> row = test.confusion().get(i);
            all += row.stream().mapToLong(Integer::longValue).sum();
            right += row.get(i);
        }
        return all == 0 || Math.abs(test.top1() - (double) right / all) < ROUNDING;
    }

    private EvidenceCheck models() {
        List<String> wrong = new ArrayList<>();
        int found = 0;
        for (Trial trial : contents.trials()) {
            TrialArchive archive =
                    new TrialArchive(bundle.store(), trial.planned().id());
            if (trial.result().isPresent() && bundle.store().exists(archive.key(EvidenceExport.MODEL))) {
                found++;
                if (!Sha256.of(archive.model())
                        .equals(trial.result().get().training().modelSha256())) {
                    wrong.add(trial.planned().label());
                }
            }
        }
        return found == 0
                ? EvidenceCheck.open("models", "not in the bundle; their SHA-256 are in the results")
                : each("models", found + " with the SHA-256 of their results", wrong);
    }

    private EvidenceCheck data() {
        return EvidenceCheck.open(
                "images",
                "not in the bundle; their fingerprint is part of each key: ./normlab data verifies them where they are");
    }

    private static EvidenceCheck each(String subject, String what, List<String> wrong) {
        return wrong.isEmpty()
                ? EvidenceCheck.right(subject, what)
                : EvidenceCheck.wrong(subject, "not so (%s): %s".formatted(what, String.join("; ", wrong)));
    }
}
