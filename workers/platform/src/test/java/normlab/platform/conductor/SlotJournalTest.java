package normlab.platform.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import normlab.platform.conductor.SlotJournal.Held;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotJournalTest {
    private static final Held FIRST = new Held("t1", "w1", "train", "host:1:slot-1", 0);
    private static final Held SECOND = new Held("t2", "w2", "evaluate", "host:1:slot-1", 0);

    private Path file;

    @BeforeEach
    void choose(@TempDir Path folder) {
        file = folder.resolve("slot-1.json");
    }

    @Test
    void whatIsHeldOutlivesTheProcess() {
        SlotJournal dying = new SlotJournal(Optional.of(file));
        dying.begin(FIRST);
        dying.begin(SECOND);

        assertThat(new SlotJournal(Optional.of(file)).inherited()).containsExactly(FIRST, SECOND);
    }

    @Test
    void whatHasEndedIsForgotten() {
        SlotJournal journal = new SlotJournal(Optional.of(file));
        journal.begin(FIRST);
        journal.begin(SECOND);
        journal.end("t1");

        assertThat(new SlotJournal(Optional.of(file)).inherited()).containsExactly(SECOND);
    }

    @Test
    void nothingHeldLeavesNoFile() {
        SlotJournal journal = new SlotJournal(Optional.of(file));
        journal.begin(FIRST);
        assertThat(file).exists();

        journal.end("t1");

        assertThat(file).doesNotExist();
    }

    @Test
    void anInheritedTaskStaysUntilItIsSettled() {
        new SlotJournal(Optional.of(file)).begin(FIRST);
        SlotJournal heir = new SlotJournal(Optional.of(file));
        heir.begin(SECOND);
        heir.end("t2");
        assertThat(new SlotJournal(Optional.of(file)).inherited()).containsExactly(FIRST);

        heir.end("t1");

        assertThat(heir.inherited()).isEmpty();
        assertThat(file).doesNotExist();
    }

    @Test
    void theDeathsThatATaskHasSeenAreCounted() {
        new SlotJournal(Optional.of(file)).begin(FIRST);
        SlotJournal heir = new SlotJournal(Optional.of(file));
        heir.begin(heir.inherited().getFirst().afterDeath());

        assertThat(new SlotJournal(Optional.of(file)).inherited())
                .extracting(Held::deaths)
                .containsExactly(1);
    }

    @Test
    void onlyWhatThisProcessHoldsKeepsItFromStopping() throws InterruptedException {
        new SlotJournal(Optional.of(file)).begin(FIRST);
        SlotJournal heir = new SlotJournal(Optional.of(file));
        assertThat(heir.awaitEmpty(0)).isTrue();

        heir.begin(SECOND);

        assertThat(heir.awaitEmpty(1)).isFalse();
    }

    @Test
    void aDamagedFileKeepsNobodyFromWorking() throws IOException {
        Files.writeString(file, "{\"held\":[{");

        SlotJournal journal = new SlotJournal(Optional.of(file));

        assertThat(journal.inherited()).isEmpty();
        journal.begin(FIRST);
        assertThat(new SlotJournal(Optional.of(file)).inherited()).containsExactly(FIRST);
    }
}
