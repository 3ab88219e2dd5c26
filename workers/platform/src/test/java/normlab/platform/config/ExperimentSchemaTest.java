package normlab.platform.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExperimentSchemaTest {
    private static final Path EXPERIMENTS = Path.of("../../workflows/experiments");

    @Test
    void theSchemaBesideTheExperimentsIsThatOfTheRecords() throws IOException {
        assertThat(Files.readString(EXPERIMENTS.resolve("schema.json")))
                .as("write it again: ./normlab schema > workflows/experiments/schema.json")
                .isEqualTo(ExperimentSchema.text());
    }

    @Test
    void everyExperimentNamesTheSchemaToItsEditor() throws IOException {
        for (String name : new ExperimentFiles(EXPERIMENTS).names()) {
            assertThat(Files.readString(EXPERIMENTS.resolve(name + ".yaml")))
                    .as(name)
                    .startsWith("# yaml-language-server: $schema=schema.json\n");
        }
    }
}
