package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NarrowTextTest {
    private static final String TABLE = """
            Activation  no normalization  BN         CBN - BN
            Sigmoid     10.00 (1)         78.38 (5)  +5.87 *
            Tanh                          83.08 (5)
            """;

    @Test
    void sentencesAreBrokenBetweenWords() {
        assertThat(NarrowText.of("one two three four", 10)).isEqualTo("one two\nthree\nfour\n");
        assertThat(NarrowText.of("a-word-of-fifteen b", 10)).isEqualTo("a-word-of-fifteen\nb\n");
    }

    @Test
    void aTableThatFitsStaysAsItIs() {
        String text = "What it is\n\n" + TABLE + "\nWhat it says\n";
        assertThat(NarrowText.of(text, 80)).isEqualTo(text);
    }

    @Test
    void theRowsOfOneThatDoesNotFitAreListsOfTheirFields() {
        assertThat(NarrowText.of(TABLE, 40)).isEqualTo("""
                        Sigmoid
                          no normalization  10.00 (1)
                          BN                78.38 (5)
                          CBN - BN          +5.87 *
                        Tanh
                          no normalization
                          BN                83.08 (5)
                          CBN - BN
                        """);
    }

    @Test
    void aSentenceWithTwoSpacesIsNoTable() {
        assertThat(NarrowText.of("one two  three four", 10)).isEqualTo("one two\nthree\nfour\n");
    }
}
