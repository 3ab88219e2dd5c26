package normlab.experiment;

import static normlab.json.Checks.check;

import java.util.Optional;

/**
 * Everything that decides a trial's result, apart from code, data bytes, libraries and hardware, which
 * {@link normlab.provenance.TrialIdentity} adds. The arm's name is not part of it: the same training under another name
 * is the same trial.
 *
 * @param network a name that the learning module knows, such as {@code plain-8}
 * @param seed of the initial weights, the order of images and the augmentation
 * @param probes what is measured on the way; it decides which rows there are, not the model
 * @param measureTestEachEpoch whether the journal has a column of the test set; as probes, it does not touch the model
 * @param preciseStatistics the second evaluation; absent: none
 * @param headNormaliser what stands at the head; absent with {@link Head#OFF}, and in trials of earlier versions, which had
 *     the usual one of their normalization
 * @param centredActivation as of the {@link Arm}
 */
public record TrialSpec(
        DatasetSpec dataset,
        String network,
        Activation activation,
        Normalization normalization,
        Head head,
        Recipe recipe,
        long seed,
        Optional<Probes> probes,
        boolean measureTestEachEpoch,
        Optional<PreciseStatistics> preciseStatistics,
        Optional<HeadNormaliser> headNormaliser,
        Optional<Boolean> centredActivation) {
    /** With the usual normaliser at the head, the usual activation, and nothing measured on the way. */
    public TrialSpec(
            DatasetSpec dataset,
            String network,
            Activation activation,
            Normalization normalization,
            Head head,
            Recipe recipe,
            long seed) {
        this(
                dataset,
                network,
                activation,
                normalization,
                head,
                recipe,
                seed,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public TrialSpec {
        check(!network.isBlank(), "network is blank");
        check(headNormaliser.isEmpty() || head != Head.OFF, "headNormaliser is given, expected none with head off");
        check(seed >= 0, "seed is %s, expected 0 or more", seed);
    }
}
