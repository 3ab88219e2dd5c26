package normlab.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import normlab.experiment.Activation;
import normlab.report.Fixture;
import normlab.report.claim.Findings;
import org.junit.jupiter.api.Test;

class TerminalTableTest {
    private static final Findings QUICK = Findings.of(Fixture.quick(), Fixture.claims());
    private static final String UNBROKEN = TerminalTable.of(QUICK, TerminalTable.UNBROKEN);

    @Test
    void itIsAlignedAndAscii() {
        assertThat(UNBROKEN.chars().allMatch(c -> c < 128)).isTrue();
        List<String> lines = UNBROKEN.lines().toList();
        int column = lines.get(2).indexOf("CBN-R");
        assertThat(column).isPositive();
        for (int row = 3; row < 3 + Activation.values().length; row++) {
            assertThat(lines.get(row).substring(column)).matches("\\d.*");
            assertThat(lines.get(row).charAt(column - 1)).isEqualTo(' ');
        }
    }

    @Test
    void aTerminalAsWideAsTheTextShowsItUnbroken() {
        int widest = UNBROKEN.lines().mapToInt(String::length).max().orElseThrow();
        assertThat(TerminalTable.of(QUICK, widest + 1)).isEqualTo(UNBROKEN);
        assertThat(TerminalTable.of(QUICK, widest)).isNotEqualTo(UNBROKEN);
    }

    @Test
    void aTableThatFitsStaysAlignedBesideSentencesThatAreBroken() {
        List<String> table =
                UNBROKEN.lines().skip(2).takeWhile(line -> !line.isEmpty()).toList();
        int wide = table.stream().mapToInt(String::length).max().orElseThrow() + 1;
        assertThat(TerminalTable.of(QUICK, wide).lines().toList()).containsSequence(table);
    }

    @Test
    void aNarrowTerminalShowsTheFieldsOfEachRowBelowOneAnother() {
        String narrow = TerminalTable.of(QUICK, 60);
        assertThat(narrow.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(60));
        assertThat(narrow).containsPattern("(?m)^Sigmoid\n  .*\n  .*\\d \\(\\d\\)");
        Set<String> words = words(UNBROKEN);
        // The first column needs no name there.
        words.remove("Activation");
        assertThat(words(narrow)).isEqualTo(words);
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split("\\s+")));
    }
}
