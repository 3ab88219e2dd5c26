package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.platform.conductor.HeldTasks.Entry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldTasksTest {
    private static final Entry FIRST = new Entry("t1", "w1", "train", "host:1:slot-1", 0);
    private static final Entry SECOND = new Entry("t2", "w2", "evaluate", "host:1:slot-1", 0);

    private Path file;

    @BeforeEach
    void choose(@TempDir Path folder) {
        file = folder.resolve("slot-1.json");
    }

    @Test
    void whatIsHeldOutlivesTheProcess() {
        HeldTasks dying = new HeldTasks(Optional.of(file));
        dying.begin(FIRST);
        dying.begin(SECOND);

        assertThat(new HeldTasks(Optional.of(file)).inherited()).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatHasEndedIsForgotten() {
        HeldTasks journal = new HeldTasks(Optional.of(file));
        journal.begin(FIRST);
        journal.begin(SECOND);
        journal.end("t1");

        assertThat(new HeldTasks(Optional.of(file)).inherited()).containsExactly(SECOND);
    }

    @Test
    void nothingHeldLeavesNoFile() {
        HeldTasks journal = new HeldTasks(Optional.of(file));
        journal.begin(FIRST);
        assertThat(file).exists();

        journal.end("t1");

        assertThat(file).doesNotExist();
    }

    @Test
    void anInheritedTaskStaysUntilItIsSettled() {
        new HeldTasks(Optional.of(file)).begin(FIRST);
        HeldTasks heir = new HeldTasks(Optional.of(file));
        heir.begin(SECOND);
        heir.end("t2");
        assertThat(new HeldTasks(Optional.of(file)).inherited()).containsExactly(FIRST);

        heir.end("t1");

        assertThat(heir.inherited()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void theDeathsThatATaskHasSeenAreCounted() {
        new HeldTasks(Optional.of(file)).begin(FIRST);
        HeldTasks heir = new HeldTasks(Optional.of(file));
        heir.begin(heir.inherited().getFirst().afterDeath());

        assertThat(new HeldTasks(Optional.of(file)).inherited())
                .extracting(Entry::deaths)
                .containsExactly(1);
    }

    @Test
    void onlyWhatThisProcessHoldsKeepsItFromStopping() throws InterruptedException {
        new HeldTasks(Optional.of(file)).begin(FIRST);
        HeldTasks heir = new HeldTasks(Optional.of(file));
        assertThat(heir.awaitEmpty(0)).isTrue();

        heir.begin(SECOND);

        assertThat(heir.awaitEmpty(1)).isFalse();
    }

    @Test
    void aDamagedFileKeepsNobodyFromWorking() throws IOException {
        Files.writeString(file, "{\"held\":[{");

        HeldTasks journal = new HeldTasks(Optional.of(file));

        assertThat(journal.inherited()).isEmpty();
        journal.begin(FIRST);
        assertThat(new HeldTasks(Optional.of(file)).inherited()).containsExactly(FIRST);
    }
}
