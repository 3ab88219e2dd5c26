package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * ILSVRC2012 in its archives, which are read in place: training images in a tar of one tar for each class, the validation
 * images, which serve as the test set since the labels of the real one are not public, and the development kit.
 */
final class IlsvrcArchives implements DatasetContent, EncodedData {
    private static final Pattern TEST_NAME = Pattern.compile("(?:.*/)?ILSVRC2012_val_0*([1-9][0-9]{0,8})\\.JPEG");
    private static final TarReader.Limits OUTER = new TarReader.Limits(10_000, 1L << 36, Long.MAX_VALUE);
    private static final TarReader.Limits INNER = new TarReader.Limits(1 << 20, 1 << 26, Long.MAX_VALUE);

    private final Archive train;
    private final Archive test;

    private IlsvrcArchives(Archive train, Archive test) {
        this.train = train;
        this.test = test;
    }

    /** One archive and where its images lie. */
    record Archive(Path path, FileChannel channel, ImageIndex index) implements EncodedData.Images {
        @Override
        public byte[] read(int image) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(index.length(image));
            long from = index.offset(image);
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, from + buffer.position());
                if (read < 0) {
                    throw new IOException("[%s] ends within image %d".formatted(path, image));
                }
            }
            return buffer.array();
        }
    }

    /** @param paths of the files of {@link Format#ILSVRC}, verified */
    static IlsvrcArchives open(DatasetManifest manifest, Map<FileRole, Path> paths) throws UnusableDataException {
        Path trainPath = path(paths, FileRole.TRAIN_ARCHIVE);
        Path testPath = path(paths, FileRole.TEST_ARCHIVE);
        Path devkit = path(paths, FileRole.DEVKIT);
        Archive train = reading(trainPath, manifest, () -> opened(trainPath, channel -> trainIndex(manifest, channel)));
        try {
            IlsvrcDevkit kit = reading(devkit, manifest, () -> IlsvrcDevkit.read(manifest, devkit));
            Archive test = reading(testPath, manifest, () -> opened(testPath, channel -> testIndex(kit, channel)));
            IlsvrcArchives archives = new IlsvrcArchives(train, test);
            archives.checkCounts(manifest);
            return archives;
        } catch (UnusableDataException e) {
            closed(train.channel());
            throw e;
        }
    }

    private static Path path(Map<FileRole, Path> paths, FileRole role) {
        return Optional.ofNullable(paths.get(role)).orElseThrow();
    }

    private interface Reading<T> {
        T read() throws IOException, UnusableDataException;
    }

    private static <T> T reading(Path path, DatasetManifest manifest, Reading<T> work) throws UnusableDataException {
        String advice = "replace it by the original, see " + manifest.homepage();
        try {
            return work.read();
        } catch (UnusableDataException e) {
            throw e.about(path, advice);
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(path, advice);
        }
    }

    private interface Indexing {
        ImageIndex of(FileChannel channel) throws IOException, UnusableDataException;
    }

    private static Archive opened(Path path, Indexing indexing) throws IOException, UnusableDataException {
        FileChannel channel = FileChannel.open(path);
        try {
            return new Archive(path, channel, indexing.of(channel));
        } catch (IOException | UnusableDataException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ImageIndex trainIndex(DatasetManifest manifest, FileChannel channel)
            throws IOException, UnusableDataException {
        ImageIndex index = new ImageIndex();
        Map<String, TarArchiveEntry> classes = TarReader.files(new ChannelWindow(channel, 0, channel.size()), OUTER);
        for (int label = 0; label < manifest.classes().size(); label++) {
            String name = manifest.classes().get(label) + ".tar";
            TarArchiveEntry entry =
                    Optional.ofNullable(classes.remove(name)).orElseThrow(() -> damaged("has no file %s", name));
            ChannelWindow inner = new ChannelWindow(channel, entry.getDataOffset(), entry.getSize());
            for (TarArchiveEntry image : TarReader.files(inner, INNER).values()) {
                index.add(entry.getDataOffset() + image.getDataOffset(), Math.toIntExact(image.getSize()), label);
            }
        }
        if (!classes.isEmpty()) {
            throw damaged("has %s, which is not a class of the manifest", classes.keySet());
        }
        return index;
    }

    private static ImageIndex testIndex(IlsvrcDevkit kit, FileChannel channel)
            throws IOException, UnusableDataException {
        TarArchiveEntry[] byNumber = new TarArchiveEntry[kit.labels().size()];
        for (TarArchiveEntry entry : TarReader.files(new ChannelWindow(channel, 0, channel.size()), INNER)
                .values()) {
            Matcher name = TEST_NAME.matcher(entry.getName());
            if (!name.matches() || Integer.parseInt(name.group(1)) > byNumber.length) {
                throw damaged("contains '%s', expected one of %d validation images", entry.getName(), byNumber.length);
            }
            byNumber[Integer.parseInt(name.group(1)) - 1] = entry;
        }
        ImageIndex index = new ImageIndex();
        for (int i = 0; i < byNumber.length; i++) {
            if (byNumber[i] == null) {
                throw damaged("has no validation image %d", i + 1);
            }
            index.add(
                    byNumber[i].getDataOffset(),
                    Math.toIntExact(byNumber[i].getSize()),
                    kit.labels().get(i));
        }
        return index;
    }

    private void checkCounts(DatasetManifest manifest) throws UnusableDataException {
        check(train, manifest.file(FileRole.TRAIN_ARCHIVE));
        check(test, manifest.file(FileRole.TEST_ARCHIVE));
    }

    private static void check(Archive archive, DataFile file) throws UnusableDataException {
        if (archive.index().count() != file.count()) {
            throw damaged(
                    "[%s] contains %d images, the manifest says %d",
                    archive.path(), archive.index().count(), file.count());
        }
    }

    @Override
    public Archive train() {
        return train;
    }

    @Override
    public Archive test() {
        return test;
    }

    @Override
    public boolean isSortedByClass() {
        return true;
    }

    private static void closed(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed(train.channel());
        closed(test.channel());
    }
}
