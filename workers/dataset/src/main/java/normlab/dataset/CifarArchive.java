package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;

/**
 * The binary version of CIFAR-10 or CIFAR-100 in its archive: records of one or two label bytes and a red, a green and a
 * blue plane, row by row. Images come out with the channels running fastest.
 */
final class CifarArchive {
    /** An archive's images lie in six equal parts, of which the first five are the training set. */
    static final int PARTS = 6;

    static final int TRAINING_PARTS = 5;
    private static final int MOST_ENTRIES = 64;
    /** Headers, padding, the names of the classes and a page about the data. */
    private static final long ROOM = 1 << 20;

    private final DatasetManifest manifest;
    private final Layout layout;
    private final Map<String, byte[]> members = new HashMap<>();

    /**
     * Where the archive has what.
     *
     * @param train files, in the order in which the training set is numbered, each with {@code partsEach} parts
     * @param names the file with the names of the classes, a line each
     * @param labelBytes in front of each image, of which the last is the class
     */
    private record Layout(String folder, List<String> train, String test, String names, int partsEach, int labelBytes) {
        static final Layout CIFAR_10 = new Layout(
                "cifar-10-batches-bin/",
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin"),
                "test_batch.bin",
                "batches.meta.txt",
                1,
                1);
        static final Layout CIFAR_100 = new Layout(
                "cifar-100-binary/", List.of("train.bin"), "test.bin", "fine_label_names.txt", TRAINING_PARTS, 2);

        static Layout of(Format format) {
            return switch (format) {
                case CIFAR_10 -> CIFAR_10;
                case CIFAR_100 -> CIFAR_100;
                case IDX, ILSVRC -> throw new IllegalArgumentException(format + " has no archive");
            };
        }

        List<String> members() {
            List<String> all = new ArrayList<>(train);
            all.add(test);
            all.add(names);
            return all;
        }
    }

    private CifarArchive(DatasetManifest manifest) {
        this.manifest = manifest;
        this.layout = Layout.of(manifest.format());
    }

    /**
     * @param archive gzip or plain tar, whose hash has been verified
     * @throws UnusableDataException if it does not hold exactly the images and classes that the manifest states
     */
    static OfficialData read(DatasetManifest manifest, Path archive) throws UnusableDataException {
        CifarArchive reader = new CifarArchive(manifest);
        String advice = "replace it by the original, see " + manifest.homepage();
        try (InputStream content = Gunzip.open(archive)) {
            reader.readMembers(content);
            return reader.decode();
        } catch (UnusableDataException e) {
            throw e.about(archive, advice);
        } catch (ZipException | EOFException e) {
            throw damaged(e, "is not sound gzip (%s)".formatted(e.getMessage())).about(archive, advice);
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(archive, advice);
        }
    }

    private void readMembers(InputStream content) throws IOException, UnusableDataException {
        int part = manifest.file(FileRole.ARCHIVE).count() / PARTS;
        long largest = Math.max(ROOM, (long) part * layout.partsEach() * recordBytes());
        long total = (long) part * PARTS * recordBytes() + ROOM;
        new TarReader(new TarReader.Limits(MOST_ENTRIES, largest, total)).read(content, (name, size, file) -> {
            String member = name.startsWith(layout.folder())
                    ? name.substring(layout.folder().length())
                    : "";
            if (layout.members().contains(member)
                    && members.put(member, file.readNBytes(Math.toIntExact(size))) != null) {
                throw damaged("holds %s twice", name);
            }
        });
    }

    private int recordBytes() {
        return layout.labelBytes() + manifest.bytesPerImage();
    }

    private OfficialData decode() throws UnusableDataException {
        checkNames();
        int part = manifest.file(FileRole.ARCHIVE).count() / PARTS;
        Target train = new Target(manifest.trainCount());
        for (String file : layout.train()) {
            append(file, part * layout.partsEach(), train);
        }
        Target test = new Target(part);
        append(layout.test(), part, test);
        return new OfficialData(train.set(), test.set());
    }

    private void checkNames() throws UnusableDataException {
        List<String> names = new String(member(layout.names()), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (!names.equals(manifest.classes())) {
            throw damaged("%s names the classes %s, the manifest %s", layout.names(), names, manifest.classes());
        }
    }

    private byte[] member(String name) throws UnusableDataException {
        byte[] found = members.get(name);
        if (found == null) {
            throw damaged("has no file %s%s", layout.folder(), name);
        }
        return found;
    }

    private void append(String file, int count, Target target) throws UnusableDataException {
        byte[] records = member(file);
        if (records.length != (long) count * recordBytes()) {
            throw damaged(
                    "%s is %d bytes long, expected %d images of %d bytes", file, records.length, count, recordBytes());
        }
        for (int i = 0; i < count; i++) {
            int label = Byte.toUnsignedInt(records[i * recordBytes() + layout.labelBytes() - 1]);
            if (label >= manifest.classes().size()) {
                throw damaged(
                        "%s: label %d is %d, expected 0 to %d",
                        file, i, label, manifest.classes().size() - 1);
            }
            target.add(records, i * recordBytes() + layout.labelBytes(), (byte) label);
        }
    }

    /** Images in the making, N·H·W·C. */
    private final class Target {
        private final byte[] images;
        private final byte[] labels;
        private int count;

        Target(int capacity) {
            images = new byte[Math.multiplyExact(capacity, manifest.bytesPerImage())];
            labels = new byte[capacity];
        }

        /** @param from where the red plane begins */
        void add(byte[] planes, int from, byte label) {
            int pixels = manifest.height() * manifest.width();
            int to = count * manifest.bytesPerImage();
            for (int channel = 0; channel < manifest.channels(); channel++) {
                for (int pixel = 0; pixel < pixels; pixel++) {
                    images[to + pixel * manifest.channels() + channel] = planes[from + channel * pixels + pixel];
                }
            }
            labels[count++] = label;
        }

        ImageSet set() {
            return new ImageSet(manifest.bytesPerImage(), images, labels);
        }
    }
}
