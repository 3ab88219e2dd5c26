package normlab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ExperimentOptionsTest {
    @Command(name = "any")
    private static final class Any {
        @Mixin
        private ExperimentOptions choice = new ExperimentOptions();
    }

    @Test
    void theOptionsCanBePastedIntoAShellAgain() {
        assertThat(options(
                        "quick", "--seeds", "3", "--only", "activation=sigmoid,tanh", "--set", "description=Ada's own"))
                .contains("--set 'description=Ada'\\''s own' --only activation=sigmoid,tanh --seeds 3");
    }

    @Test
    void anExperimentAsItStandsHasNone() {
        assertThat(options("quick", "--force")).isEmpty();
    }

    private static Optional<String> options(String... arguments) {
        Any any = new Any();
        new CommandLine(any).parseArgs(arguments);
        return any.choice.options();
    }
}
