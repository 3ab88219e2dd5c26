package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final String PROGRESS = "normlab.terminal";
    private static final String RESULTS = "normlab.terminal.results";
    private static final String COLUMNS = "normlab.columns";

    @AfterEach
    void forget() {
        System.clearProperty(PROGRESS);
        System.clearProperty(RESULTS);
        System.clearProperty(COLUMNS);
    }

    @Test
    void aResultOverflowsATerminalAndNotAFileBesideATerminal() {
        System.setProperty(PROGRESS, "true");
        System.setProperty(COLUMNS, "10");
        assertThat(Output.overflows("one two three four\n")).isFalse();
        System.setProperty(RESULTS, "true");
        assertThat(Output.overflows("one two three four\n")).isTrue();
        assertThat(Output.overflows("one two\nthree\nfour\n")).isFalse();
    }
}
