package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import normlab.task.TaskContext;
import normlab.task.TaskInProgress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DebianUnpackerTest {
    private static final Source.DebianPackage SOURCE = new Source.DebianPackage("tiny", "usr/share/tiny");

    private final TinyDataset tiny = new TinyDataset();
    private final List<Path> unpacked = new ArrayList<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheUnpacker() {
        assumeTrue(DebianBox.isPossible(), "this machine has no dpkg-deb");
    }

    @Test
    void aPackageIsFetchedUnpackedReadAndRemoved() throws Exception {
        Path deb = DebianBox.build(tiny, folder);
        DebianBox box = box("[ \"$1 $2\" = 'download tiny' ] && cp '" + deb + "' .");
        OfficialData data = unpack(box.searchPath(), new Diary());
        assertThat(data.test().classes()).isEqualTo(TinyDataset.TEST_LABELS);
        assertThat(unpacked).singleElement().satisfies(path -> assertThat(path).doesNotExist());
        assertThat(unpacked.getFirst().resolve("../../../..").normalize()).doesNotExist();
    }

    @Test
    void aFailingToolIsQuotedWithoutPasswords() throws Exception {
        DebianBox box = box("echo; echo 'E: Failed http://user:word@host/x'; exit 100");
        assertThatThrownBy(() -> unpack(box.searchPath(), new Diary()))
                .isInstanceOf(UnusableDataException.class)
                .hasMessageContaining("apt-get] exited with 100: E: Failed http://host/x");
    }

    @Test
    void aFileThatIsNoPackageIsTold() throws Exception {
        DebianBox box = box("echo nonsense > tiny.deb");
        assertThatThrownBy(() -> unpack(box.searchPath(), new Diary()))
                .hasMessageContaining("dpkg-deb] exited with 2:");
    }

    @Test
    void aDownloadThatLeavesNothingIsTold() throws Exception {
        DebianBox box = box("exit 0");
        assertThatThrownBy(() -> unpack(box.searchPath(), new Diary()))
                .hasMessageContaining("has no package file after a download");
    }

    @Test
    void aMachineWithoutTheToolsIsNoPlaceForPackages() throws Exception {
        DebianBox empty = new DebianBox(folder.resolve("empty"));
        assertThatThrownBy(() -> unpack(empty.bareSearchPath(), new Diary()))
                .isInstanceOfSatisfying(
                        UnusableDataException.class,
                        e -> assertThat(e.kind()).isEqualTo(UnusableDataException.Kind.ABSENT))
                .hasMessage("[apt-get] is not installed");
        DebianBox half = new DebianBox(folder.resolve("half")).withFetcher("touch " + folder.resolve("ran"));
        assertThatThrownBy(() -> unpack(half.bareSearchPath(), new Diary())).hasMessage("[dpkg-deb] is not installed");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void aToolThatHangsIsEnded() throws Exception {
        DebianBox box = box("exec sleep 300");
        Commands commands = new Commands(box.searchPath(), Duration.ofMillis(500), new Diary());
        assertThatThrownBy(() -> new DebianUnpacker(commands).unpack(SOURCE, this::read))
                .hasMessageContaining("apt-get] took longer than PT0.5S");
    }

    @Test
    void aToolIsEndedWhenTheProcessIsToStop() throws Exception {
        DebianBox box = box("echo $$ > '" + folder.resolve("pid") + "'; exec sleep 300");
        assertThatThrownBy(() -> unpack(box.searchPath(), new StopOnce(folder.resolve("pid"))))
                .isInstanceOf(TaskInProgress.class);
        assertThatTheToolEnds();
    }

    /** Asks to stop as soon as the file has something in it. */
    private record StopOnce(Path written) implements TaskContext {
        @Override
        public boolean stopRequested() {
            try {
                return Files.exists(written) && Files.size(written) > 0;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public void log(String line) {}
    }

    private void assertThatTheToolEnds() throws Exception {
        long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
        // Returns at once where the process is gone already; the test's timeout ends a wait in vain.
        ProcessHandle.of(pid).ifPresent(process -> process.onExit().join());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    private DebianBox box(String fetcher) throws IOException {
        return new DebianBox(folder.resolve("tools")).withUnpacker().withFetcher(fetcher);
    }

    private OfficialData unpack(String searchPath, TaskContext context) throws UnusableDataException, TaskInProgress {
        Commands commands = new Commands(searchPath, Duration.ofSeconds(20), context);
        return (OfficialData) new DebianUnpacker(commands).unpack(SOURCE, this::read);
    }

    private OfficialData read(Path path) throws UnusableDataException, TaskInProgress {
        unpacked.add(path);
        return OfficialData.read(tiny.manifest(SOURCE), path, VerifiedFiles.none(), new Diary());
    }
}
