package normlab.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void sentencesAreBrokenBetweenWords() {
        assertThat(Words.wrapped("one two three four", 10)).isEqualTo("one two\nthree\nfour\n");
        assertThat(Words.wrapped("a-word-of-fifteen b", 10)).isEqualTo("a-word-of-fifteen\nb\n");
    }

    @Test
    void rowsOfATableStayAsTheyAre() {
        String table = "Activation  BN         CBN\nSigmoid     57.00 (1)  61.00 (1)\n";
        assertThat(Words.wrapped(table, 20)).isEqualTo(table);
    }
}
