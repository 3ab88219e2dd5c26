package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;

/**
 * The binary version of CIFAR-10 or CIFAR-100 in its archive: records of one or two label bytes and a red, a green and a
 * blue plane, row by row. Images come out with the channels running fastest. Read one record at a time.
 */
final class CifarArchive {
    /** An archive's images lie in six equal parts, of which the first five are the training set. */
    static final int PARTS = 6;

    static final int TRAINING_PARTS = 5;
    private static final int MOST_ENTRIES = 64;
    /** Headers, padding, the names of the classes and a page about the data. */
    private static final long ROOM = 1 << 20;

    private static final int MOST_NAME_BYTES = 1 << 16;

    private final DatasetManifest manifest;
    private final Layout layout;
    private final ImageSet train;
    private final ImageSet test;
    private final Set<String> found = new HashSet<>();

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
        this.train = ImageSet.blank(manifest.trainCount(), manifest.bytesPerImage());
        this.test = ImageSet.blank(part(), manifest.bytesPerImage());
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
            return new OfficialData(reader.train, reader.test);
        } catch (UnusableDataException e) {
            throw e.about(archive, advice);
        } catch (ZipException | EOFException e) {
            throw damaged(e, "is not sound gzip (%s)".formatted(e.getMessage())).about(archive, advice);
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(archive, advice);
        }
    }

    private void readMembers(InputStream content) throws IOException, UnusableDataException {
        long largest = Math.max(ROOM, (long) part() * layout.partsEach() * recordBytes());
        long total = (long) part() * PARTS * recordBytes() + ROOM;
        new TarReader(new TarReader.Limits(MOST_ENTRIES, largest, total)).read(content, (name, size, file) -> {
            String member = name.startsWith(layout.folder())
                    ? name.substring(layout.folder().length())
                    : "";
            if (layout.members().contains(member)) {
                if (!found.add(member)) {
                    throw damaged("holds %s twice", name);
                }
                readMember(member, size, file);
            }
        });
        for (String member : layout.members()) {
            if (!found.contains(member)) {
                throw damaged("has no file %s%s", layout.folder(), member);
            }
        }
    }

    private void readMember(String member, long size, InputStream file) throws IOException, UnusableDataException {
        if (member.equals(layout.names())) {
            checkNames(file);
        } else if (member.equals(layout.test())) {
            readRecords(member, size, file, test, 0, part());
        } else {
            int count = part() * layout.partsEach();
            readRecords(member, size, file, train, layout.train().indexOf(member) * count, count);
        }
    }

    private void checkNames(InputStream file) throws IOException, UnusableDataException {
        List<String> names = new String(file.readNBytes(MOST_NAME_BYTES), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (!names.equals(manifest.classes())) {
            throw damaged("%s names the classes %s, the manifest %s", layout.names(), names, manifest.classes());
        }
    }

    /** Images of one part of the training set, as the manifest counts them. */
    private int part() {
        return manifest.file(FileRole.ARCHIVE).count() / PARTS;
    }

    private int recordBytes() {
        return layout.labelBytes() + manifest.bytesPerImage();
    }

    /** @param first index in {@code images} of the file's first image */
    private void readRecords(String member, long size, InputStream file, ImageSet images, int first, int count)
            throws IOException, UnusableDataException {
        if (size != (long) count * recordBytes()) {
            throw damaged("%s is %d bytes long, expected %d images of %d bytes", member, size, count, recordBytes());
        }
        byte[] record = new byte[recordBytes()];
        byte[] image = new byte[manifest.bytesPerImage()];
        for (int i = 0; i < count; i++) {
            if (file.readNBytes(record, 0, record.length) < record.length) {
                throw new EOFException("%s ends within image %d".formatted(member, i));
            }
            int label = Byte.toUnsignedInt(record[layout.labelBytes() - 1]);
            if (label >= manifest.classes().size()) {
                throw damaged(
                        "%s: label %d is %d, expected 0 to %d",
                        member, i, label, manifest.classes().size() - 1);
            }
            interleave(record, image);
            images.images().put((first + i) * image.length, image);
            images.labels()[first + i] = (byte) label;
        }
    }

    /** From a plane for each channel to the channels of each pixel side by side. */
    private void interleave(byte[] record, byte[] image) {
        int pixels = manifest.height() * manifest.width();
        int channels = manifest.channels();
        for (int channel = 0; channel < channels; channel++) {
            int plane = layout.labelBytes() + channel * pixels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                image[pixel * channels + channel] = record[plane + pixel];
            }
        }
    }
}
