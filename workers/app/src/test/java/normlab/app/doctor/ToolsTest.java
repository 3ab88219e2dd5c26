package normlab.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ToolsTest {
    @Test
    @Timeout(20)
    void aProgramThatHangsHasNoAnswerAndHoldsNobodyUp() {
        assertThat(Tools.answer(1, "sh", "-c", "echo begun; exec sleep 60")).isEmpty();
    }

    @Test
    void aProgramThatFailsOrIsMissingHasNoAnswer() {
        assertThat(Tools.answer(10, "sh", "-c", "echo said; exit 3")).isEmpty();
        assertThat(Tools.answer(10, "no-such-program")).isEmpty();
        assertThat(Tools.answer(10, "sh", "-c", "echo said")).contains("said");
    }
}
