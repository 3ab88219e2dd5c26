package normlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import normlab.report.Fixture;
import normlab.report.claim.Findings;
import org.junit.jupiter.api.Test;

class CsvFilesTest {
    private static final Map<String, byte[]> FILES = CsvFiles.of(Findings.of(Fixture.quick(), Fixture.claims()));

    @Test
    void trialsHaveOneRowEachWithUnroundedValues() {
        List<List<String>> rows = rows("trials.csv");
        assertThat(rows).hasSize(71);
        List<String> head = rows.getFirst();
        List<String> none = rows.stream()
                .filter(r -> r.getFirst().equals("sigmoid-none-s0"))
                .findFirst()
                .orElseThrow();
        assertThat(none.get(head.indexOf("test_top1"))).isEqualTo("0.1");
        assertThat(none.get(head.indexOf("outcome"))).isEqualTo("completed");
        assertThat(none.get(head.indexOf("failure"))).isEmpty();
    }

    @Test
    void comparisonsHoldThePilotsDifferenceAndTheControls() {
        List<List<String>> rows = rows("comparisons.csv");
        // 2 named comparisons and CBN-R against the control, 5 activations, 5 measures
        assertThat(rows).hasSize(1 + 3 * 5 * 5);
        List<String> head = rows.getFirst();
        List<String> sigmoid = rows.get(1);
        assertThat(sigmoid.subList(0, 6)).containsExactly("plain-8", "", "cbn", "bn", "Sigmoid", "test accuracy");
        assertThat(Double.parseDouble(sigmoid.get(head.indexOf("mean")))).isBetween(5.2599, 5.2601);
        assertThat(sigmoid.get(head.indexOf("sign_flip_p"))).isEqualTo("0.0625");
    }

    @Test
    void claimsHaveOneRowPerTestOrOneRowIfNotTested() {
        // C5 to C7 test five activations each, C8 and C9 three, Q4 two, the other nine nothing or one
        assertThat(rows("claims.csv")).hasSize(1 + 3 * 5 + 2 * 3 + 2 + 6 + 3);
    }

    @Test
    void curvesHaveOneRowPerEpoch() {
        List<List<String>> rows = rows("curves.csv");
        assertThat(rows).hasSize(1 + 70 * 4);
        List<String> head = rows.getFirst();
        assertThat(rows.get(1).get(head.indexOf("network"))).isEqualTo("plain-8");
        assertThat(rows.get(1).get(head.indexOf("peak_learning_rate"))).isEqualTo("0.1");
        assertThat(rows.get(1).get(head.indexOf("test_accuracy"))).isEmpty();
    }

    @Test
    void quotesCommasAndLineBreaksSurvive() {
        Csv csv = new Csv("a", "b", "c", "d");
        csv.row("x,\"y\"\nz", Double.NaN, Optional.empty(), OptionalDouble.of(0.1));
        assertThat(parse(csv.bytes()).get(1)).containsExactly("x,\"y\"\nz", "", "", "0.1");
    }

    @Test
    void aRowOfTheWrongLengthIsRefused() {
        assertThatThrownBy(() -> new Csv("a", "b").row("x")).hasMessageContaining("1 fields, expected 2");
    }

    private static List<List<String>> rows(String file) {
        List<List<String>> rows = parse(Objects.requireNonNull(FILES.get(file)));
        assertThat(rows).allSatisfy(r -> assertThat(r).hasSameSizeAs(rows.getFirst()));
        return rows;
    }

    @Test
    void noTextIsAFormulaToASpreadsheet() {
        Csv csv = new Csv("a", "b", "c", "d", "e");
        csv.row("=HYPERLINK(\"http://x\")", "+1", Optional.of("@SUM(A1)"), "-1+1|cmd", -0.5);
        assertThat(parse(csv.bytes()).getLast())
                .containsExactly("'=HYPERLINK(\"http://x\")", "'+1", "'@SUM(A1)", "'-1+1|cmd", "-0.5");
    }

    /** Parses RFC 4180, independently of the code under test. */
    private static List<List<String>> parse(byte[] bytes) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (quoted || c != '\r') {
                field.append(c);
            }
        }
        return rows;
    }
}
