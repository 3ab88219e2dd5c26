package normlab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import normlab.task.TaskFailure;
import normlab.task.TaskInProgress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DatasetFetcherTest {
    private final TinyDataset tiny = new TinyDataset();
    private final Diary diary = new Diary();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FileServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FileServer().serving(tiny);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theFirstSourceThatHasTheDataIsTakenAndNoOtherAsked() throws Exception {
        tiny.writeTo(folder.resolve("named"));
        fetch(Optional.of(folder.resolve("named")), new Source.NamedFolder(), good());
        assertThat(diary.lines())
                .containsExactly(
                        "tiny: verified, from the folder named by NORMLAB_DATA (" + folder.resolve("named") + ")");
        assertThat(server.asked()).isEmpty();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void theNamedFolderMayHoldASubfolderForEachDataset() throws Exception {
        Path named = folder.resolve("named");
        tiny.writeTo(named.resolve("tiny"));
        Files.writeString(named.resolve("train-images.gz"), "of another dataset");
        fetch(Optional.of(named), new Source.NamedFolder());
        assertThat(diary.lines())
                .singleElement()
                .asString()
                .contains(named.resolve("tiny").toString());
    }

    @Test
    void sourcesAreTriedInOrderAndEachRefusalIsTold() throws Exception {
        Path damaged = damaged(tiny.writeTo(folder.resolve("damaged")));
        fetch(
                Optional.empty(),
                new Source.NamedFolder(),
                new Source.Folder(folder.resolve("none").toString()),
                new Source.Folder(damaged.toString()),
                new Source.Cache(),
                good());
        assertThat(diary.lines()).hasSize(5);
        assertThat(diary.lines().get(0)).contains("no folder is named by NORMLAB_DATA");
        assertThat(diary.lines().get(1)).contains("skipped the folder " + folder.resolve("none"));
        assertThat(diary.lines().get(2)).contains("sha256 of the content is").contains("test-images.gz");
        assertThat(diary.lines().get(3)).contains("skipped the cache " + folder.resolve("cache/tiny"));
        assertThat(diary.lines().get(4)).contains("verified, from the address " + server.address("/good/"));
    }

    @Test
    void aDownloadIsKeptSoThatTheNextOneNeedsNoNetwork() throws Exception {
        fetch(Optional.empty(), new Source.Cache(), good());
        assertThat(server.asked()).hasSize(4);
        fetch(Optional.empty(), new Source.Cache(), good());
        assertThat(server.asked()).hasSize(4);
        assertThat(cached()).containsExactly("test-images.gz", "test-labels.gz", "train-images.gz", "train-labels.gz");
    }

    @Test
    void onlyWhatIsMissingOrDamagedInTheCacheIsDownloadedAgain() throws Exception {
        fetch(Optional.empty(), good());
        damaged(folder.resolve("cache/tiny"));
        Files.delete(folder.resolve("cache/tiny/train-labels.gz"));
        fetch(Optional.empty(), new Source.Cache(), good());
        assertThat(server.asked().subList(4, server.asked().size()))
                .containsExactly("/good/train-labels.gz", "/good/test-images.gz");
    }

    @Test
    void whatADownloadGotWrongNeverEntersTheCache() throws Exception {
        byte[] wrong = TinyDataset.gzip(tiny.content(FileRole.TEST_IMAGES));
        server.on("/bad/", exchange -> FileServer.answer(exchange, wrong, wrong.length));
        assertThatThrownBy(() -> fetch(
                        Optional.empty(),
                        new Source.Download(server.address("/bad/").toString())))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("the manifest says [12, 2, 3]");
        assertThat(cached()).isEmpty();
    }

    @Test
    void aDamagedFileInTheNamedFolderIsAnErrorAtOnce() throws Exception {
        Path named = damaged(tiny.writeTo(folder.resolve("named")));
        assertThatThrownBy(() -> fetch(Optional.of(named), new Source.NamedFolder(), good()))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isTrue())
                .hasMessageContaining("[" + named.resolve("test-images.gz") + "] sha256 of the content is")
                .hasMessageContaining("NORMLAB_DATA");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aNamedFolderThatLacksFilesIsPassedOverAndTold() throws Exception {
        Path named = tiny.writeTo(folder.resolve("named"));
        Files.delete(named.resolve("train-images.gz"));
        Files.delete(named.resolve("test-labels.gz"));
        fetch(Optional.of(named), new Source.NamedFolder(), good());
        assertThat(diary.lines().getFirst()).contains("lacks train-images[.gz], test-labels[.gz]");
    }

    @Test
    void theFinalErrorTellsWhatCameOfEachSource() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> fetch(
                        Optional.empty(),
                        new Source.NamedFolder(),
                        new Source.Folder(none.toString()),
                        new Source.Download(server.address("/absent/").toString())))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isFalse())
                .hasMessage(
                        "[dataset tiny] none of its 3 sources has the data: (1) no folder is named by NORMLAB_DATA (2) [%s] does not exist or is not a folder (3) [%s] failed (java.io.IOException: status is 404, expected 200). Put train-images.gz, train-labels.gz, test-images.gz, test-labels.gz into a folder and set NORMLAB_DATA to it; see http://localhost/tiny",
                        none, server.address("/absent/train-images.gz"));
    }

    @Test
    void withoutANetworkToWaitForTheFailureIsPermanent() {
        assertThatThrownBy(() -> fetch(Optional.empty(), new Source.Folder("none")))
                .isInstanceOfSatisfying(
                        TaskFailure.class, e -> assertThat(e.isPermanent()).isTrue());
    }

    @Test
    void aPackageIsUnpackedIntoTheCache() throws Exception {
        assumeTrue(DebianBox.isPossible(), "this machine has no dpkg-deb");
        Path deb = DebianBox.build(tiny, Files.createDirectory(folder.resolve("build")));
        fetch(Optional.empty(), new Source.DebianPackage("tiny", "usr/share/tiny"));
        assertThat(diary.lines()).singleElement().asString().contains("from the Debian package tiny");
        Files.delete(deb);
        fetch(Optional.empty(), new Source.Cache());
        assertThat(cached()).hasSize(4);
    }

    @Test
    void aCacheThatCannotBeWrittenDoesNotSpoilAPackage() throws Exception {
        assumeTrue(DebianBox.isPossible(), "this machine has no dpkg-deb");
        DebianBox.build(tiny, Files.createDirectory(folder.resolve("build")));
        Files.writeString(folder.resolve("cache"), "a file where the folder should be");
        fetch(Optional.empty(), new Source.DebianPackage("tiny", "usr/share/tiny"));
        assertThat(diary.lines().getFirst())
                .contains("not kept for the next time")
                .contains("cannot store");
    }

    @Test
    void aStopIsHeardBeforeTheFirstSource() {
        DatasetFetcher fetcher = fetcher(Optional.empty(), new DatasetCatalog(folder));
        assertThatThrownBy(() -> fetcher.fetch(tiny.manifest(good()), new Diary(0)))
                .isInstanceOf(TaskInProgress.class);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void aDownloadThatWasBrokenOffGoesOnNextTime() throws Exception {
        byte[] images = TinyDataset.gzip(tiny.content(FileRole.TRAIN_IMAGES));
        Path part = folder.resolve("cache/tiny/train-images.gz.part");
        Files.createDirectories(part.getParent());
        Files.write(part, Arrays.copyOf(images, 20));
        server.onRanges("/ranges/train-images.gz", images, images.length);
        server.onRest("/ranges/", tiny);
        fetch(Optional.empty(), new Source.Download(server.address("/ranges/").toString()));
        assertThat(server.ranges()).containsExactly("bytes=20-");
        assertThat(part).doesNotExist();
    }

    @Test
    void aPartOfAnotherFileIsThrownAwayAndFetchedAnew() throws Exception {
        byte[] images = TinyDataset.gzip(tiny.content(FileRole.TRAIN_IMAGES));
        Path part = folder.resolve("cache/tiny/train-images.gz.part");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[20]);
        server.onRanges("/ranges/train-images.gz", images, images.length);
        server.onRest("/ranges/", tiny);
        fetch(Optional.empty(), new Source.Download(server.address("/ranges/").toString()));
        assertThat(server.ranges()).containsExactly("bytes=20-", "null");
        assertThat(diary.lines()).anyMatch(line -> line.contains("the part of an earlier download does not fit"));
    }

    @Test
    void anArchiveIsDownloadedUnderItsPublishedName() throws Exception {
        TinyCifar cifar = TinyCifar.ten();
        byte[] archive = TinyDataset.gzip(cifar.tar().bytes());
        server.onRanges("/cifar/tiny.tar.gz", archive, 1000);
        DatasetManifest manifest = cifar.manifest(
                archive, new Source.Download(server.address("/cifar/").toString()));
        OfficialData data = (OfficialData)
                fetcher(Optional.empty(), new DatasetCatalog(folder)).fetch(manifest, diary);
        assertThat(data.test().pixels())
                .isEqualTo(ByteBuffer.wrap(TinyCifar.interleaved(TinyCifar.PART, 5 * TinyCifar.PART)));
        assertThat(folder.resolve("cache/tiny-cifar/tiny.tar.gz")).hasBinaryContent(archive);
    }

    @Test
    void aSecondProcessWaitsForTheFirstAndThenFindsTheData() throws Exception {
        CacheLock held = CacheLock.take(folder.resolve("cache/tiny.lock"), diary);
        CountDownLatch waiting = new CountDownLatch(1);
        Diary second = new Diary() {
            @Override
            public void log(String line) {
                super.log(line);
                if (line.contains("waiting for it")) {
                    waiting.countDown();
                }
            }
        };
        DatasetCatalog catalog = tiny.catalogIn(folder.resolve("catalog"), good());
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<DatasetContent> fetched =
                    thread.submit(() -> fetcher(Optional.empty(), catalog).fetch(tiny.manifest(good()), second));
            waiting.await();
            assertThat(server.asked()).isEmpty();
            tiny.writeTo(folder.resolve("cache/tiny"));
            held.close();
            assertThat(((OfficialData) fetched.get()).test().classes()).isEqualTo(TinyDataset.TEST_LABELS);
        }
        assertThat(server.asked()).isEmpty();
    }

    private Source good() {
        return new Source.Download(server.address("/good/").toString());
    }

    private OfficialData fetch(Optional<Path> named, Source... sources) throws Exception {
        OfficialData data = (OfficialData) fetcher(named, tiny.catalogIn(folder.resolve("catalog"), sources))
                .fetch(tiny.manifest(sources), diary);
        assertThat(data.train().pixels()).isEqualTo(ByteBuffer.wrap(TinyDataset.pixels(12, 0)));
        assertThat(data.train().classes()).isEqualTo(TinyDataset.TRAIN_LABELS);
        assertThat(data.test().pixels()).isEqualTo(ByteBuffer.wrap(TinyDataset.pixels(6, 100)));
        assertThat(data.test().classes()).isEqualTo(TinyDataset.TEST_LABELS);
        return data;
    }

    private DatasetFetcher fetcher(Optional<Path> named, DatasetCatalog catalog) {
        DataFolders folders = new DataFolders(named, folder.resolve("cache"));
        return new DatasetFetcher(
                catalog,
                folders,
                new DatasetFetcher.Limits(HttpDownloadTest.PATIENT, Duration.ofSeconds(20), tools()),
                Optional.empty());
    }

    private String tools() {
        try {
            Path tools = folder.resolve("tools");
            if (!Files.exists(tools) && DebianBox.isPossible()) {
                new DebianBox(tools)
                        .withUnpacker()
                        .withFetcher("cp '" + folder.resolve("build/tiny_1_all.deb") + "' .");
            }
            return tools + ":/usr/bin:/bin";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Changes one pixel of the test images. */
    private Path damaged(Path dataset) throws IOException {
        byte[] content = tiny.content(FileRole.TEST_IMAGES).clone();
        content[content.length - 1] ^= 1;
        Files.write(dataset.resolve("test-images.gz"), TinyDataset.gzip(content));
        return dataset;
    }

    private List<String> cached() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache/tiny"))) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
