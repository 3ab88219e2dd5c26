package normlab.app.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import normlab.json.Json;
import normlab.provenance.TrialIdentity;

/**
 * A field in which two trials differ.
 *
 * @param field dotted path, such as {@code spec.recipe.learningRate}
 * @param asked value of the trial in question; {@code absent} where it has no such field
 * @param stored value of the other one
 */
public record IdentityDifference(String field, String asked, String stored) {
    private static final String ABSENT = "absent";

    /** In the order in which people think of them: what is trained, on which data, by which code and libraries. */
    private static final List<String> ORDER = List.of("spec.", "datasetFingerprint", "stack.");

    /** All differences, the first that matters to a person first; none if both are the same trial. */
    public static List<IdentityDifference> between(TrialIdentity asked, TrialIdentity stored) {
        Map<String, String> a = new TreeMap<>(Json.flat(asked));
        Map<String, String> b = new TreeMap<>(Json.flat(stored));
        TreeSet<String> fields = new TreeSet<>(a.keySet());
        fields.addAll(b.keySet());
        List<IdentityDifference> differences = new ArrayList<>();
        for (String field : fields) {
            String one = Optional.ofNullable(a.get(field)).orElse(ABSENT);
            String other = Optional.ofNullable(b.get(field)).orElse(ABSENT);
            if (!one.equals(other)) {
                differences.add(new IdentityDifference(field, one, other));
            }
        }
        differences.sort(Comparator.comparingInt(d -> rank(d.field())));
        return differences;
    }

    private static int rank(String field) {
        return (int) ORDER.stream().takeWhile(start -> !field.startsWith(start)).count();
    }
}
