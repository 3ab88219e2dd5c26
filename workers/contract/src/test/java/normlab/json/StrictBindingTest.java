package normlab.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.experiment.Arm;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.experiment.Recipe;
import normlab.trial.JournalRow;
import org.junit.jupiter.api.Test;

class StrictBindingTest {
    private static final Arm ARM = new Arm(
            "CBN-R",
            new Normalization.CompleteBatchNorm(0.5, 1e-5, 0.1),
            Head.PRE_GAP,
            Optional.empty(),
            List.of(1L, 2L));

    @Test
    void whatIsWrittenIsReadBackEqual() {
        assertThat(Json.read(Json.bytes(ARM), Arm.class, "arm")).isEqualTo(ARM);
        JournalRow row = new JournalRow(
                1, 160, Instant.parse("2026-11-22T10:00:00.123Z"), 0.1, 1.5, 0.4, Double.NaN, 0.3, 2, 5000);
        assertThat(Json.read(Json.bytes(row), JournalRow.class, "row")).isEqualTo(row);
    }

    @Test
    void outputIsCanonicalWhateverTheOrderOfInsertion() {
        assertThat(Json.write(Map.of("b", 1, "a", Map.of("d", 2.0, "c", 3))))
                .isEqualTo("{\"a\":{\"c\":3,\"d\":2.0},\"b\":1}");
        assertThat(Json.write(ARM))
                .isEqualTo(
                        "{\"head\":\"pre-gap\",\"normalization\":{\"c\":0.5,\"epsilon\":1.0E-5,\"kind\":\"complete-batch-norm\",\"momentum\":0.1,\"variant\":\"plain\"},\"seeds\":[1,2],\"title\":\"CBN-R\"}");
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        String text = """
                {"learningRat": 0.1, "momentum": "high", "weightDecay": 0, "batchSize": 6.5, "epochs": 4, "nesterov": 1,
                "decayNormAndBias": false, "schedule": {"kind": "step"}, "labelSmoothing": 0}""";
        assertThatThrownBy(() -> read(text, Recipe.class))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "learningRate is missing",
                                        "momentum is \"high\", expected a number",
                                        "batchSize is 6.5, expected a whole number",
                                        "warmupSteps is missing",
                                        "precision is missing",
                                        "nesterov is 1, expected true or false",
                                        "schedule.kind is \"step\", expected one of cosine, steps",
                                        "learningRat is not known here; did you mean learningRate?"));
    }

    @Test
    void anUnknownAlternativeNamesTheKnownOnes() {
        String text = Json.write(ARM).replace("complete-batch-norm", "layer-norm");
        assertThatThrownBy(() -> read(text, Arm.class))
                .hasMessageContaining(
                        "normalization.kind is \"layer-norm\", expected one of batch-norm, complete-batch-norm, complete-whitening, none, whitened-batch-norm");
    }

    @Test
    void anUnknownFieldInsideAnAlternativeIsNamedWithItsPath() {
        String text = Json.write(ARM).replace("\"c\":0.5", "\"c\":0.5,\"gain\":2");
        assertThatThrownBy(() -> read(text, Arm.class)).hasMessageContaining("normalization.gain is not known here");
    }

    @Test
    void whatARecordRefusesIsNamedWithItsPath() {
        String text = Json.write(ARM).replace("\"c\":0.5", "\"c\":-1");
        assertThatThrownBy(() -> read(text, Arm.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("normalization: c is -1.0, expected more than 0");
    }

    @Test
    void textThatIsNotJsonIsRefusedWithItsSubject() {
        assertThatThrownBy(() -> read("{", Recipe.class))
                .hasMessageContaining("[test]")
                .hasMessageContaining("is not JSON");
    }

    private static <T> T read(String text, Class<T> type) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), type, "test");
    }

    @Test
    void aLongNameMayBeFartherFromTheOneThatWasMeantAndAShortOneMustShareALetter() {
        assertThat(StrictBinding.suggestion("learnRate", List.of("momentum", "learningRate")))
                .isEqualTo("; did you mean learningRate?");
        assertThat(StrictBinding.suggestion("x", List.of("bn", "cbn"))).isEqualTo(" (known: bn, cbn)");
    }
}
