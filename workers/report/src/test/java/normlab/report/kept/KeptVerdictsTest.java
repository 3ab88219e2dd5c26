package normlab.report.kept;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.report.Fixture;
import normlab.report.analysis.Measure;
import normlab.report.claim.Findings;
import org.junit.jupiter.api.Test;

class KeptVerdictsTest {
    private static final Path RESULTS = Path.of("../../workflows/results");

    @Test
    void aKeptCampaignHasTheDifferencesThatItsFindingStates() {
        Findings quick = Findings.of(KeptCampaign.read(RESULTS.resolve("2026-11-25-quick"), "quick"), Fixture.claims());
        assertThat(quick.first()
                        .headline()
                        .orElseThrow()
                        .of(Measure.ACCURACY, Activation.SIGMOID)
                        .difference())
                .hasValueSatisfying(d -> assertThat("%.2f".formatted(d.mean())).isEqualTo("5.87"));
    }

    /** Written by {@code make kept-verdicts}. */
    @Test
    void thePageIsWhatTheFilesAndRulesGive() throws Exception {
        List<Path> folders;
        try (Stream<Path> all = Files.list(RESULTS)) {
            folders = all.filter(f -> Files.exists(f.resolve("claims.csv")))
                    .sorted()
                    .toList();
        }
        String page = KeptVerdicts.page(folders, Fixture.claims());
        assertThat(Files.readString(RESULTS.resolve("verdicts.md"), StandardCharsets.UTF_8))
                .isEqualTo(page);
    }
}
