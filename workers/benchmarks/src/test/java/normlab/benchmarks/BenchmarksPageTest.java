package normlab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import normlab.app.cli.NormLab;
import normlab.benchmarks.training.OperatorTime;
import normlab.benchmarks.training.TrainingSpeed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarksPageTest {
    private static final Path PAGE = Path.of(System.getProperty("normlab.home"), "docs/reference/benchmarks.md");

    @Test
    void thePageShowsTheHelpOfEveryCommand() throws IOException {
        assertThat(Files.readString(PAGE))
                .as("write it again: make generated")
                .contains(ReferenceCommand.text(NormLab.commandLine(Main.COMMANDS)));
    }

    @ParameterizedTest
    @ValueSource(classes = {TrainingSpeed.class, OperatorTime.class, DecoderBenchmark.Result.class})
    void thePageNamesEveryFieldOfAnAnswer(Class<?> answer) throws IOException {
        assertThat(Files.readString(PAGE))
                .contains(Arrays.stream(answer.getRecordComponents())
                        .map(RecordComponent::getName)
                        .map(name -> "`" + name + "`")
                        .toList());
    }
}
