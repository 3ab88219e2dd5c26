package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import normlab.provenance.Sha256;

/**
 * CIFAR-10 or CIFAR-100 in an archive: the binary version, of records of one or two label bytes and a red, a green and a
 * blue plane, row by row; or the Python version, of pickled matrices with such planes in each row. Images come out with the
 * channels running fastest.
 */
final class CifarArchive {
    private static final int MOST_ENTRIES = 64;
    /** Headers, padding, the names of the classes and a page about the data. */
    private static final long ROOM = 1 << 20;
    /** Labels, file names and opcodes of each image in a pickle. */
    private static final int PICKLE_BYTES_PER_IMAGE = 512;

    private static final int MOST_NAME_BYTES = 1 << 16;

    private final DatasetManifest manifest;
    private final ImageContent content;
    private final ImageSet train;
    private final ImageSet test;
    private final Set<String> found = new HashSet<>();
    private Optional<Layout> layout = Optional.empty();

    /** Where each version has what. */
    private enum Layout {
        BINARY_10("cifar-10-batches-bin/", batches(".bin"), "test_batch.bin", "batches.meta.txt"),
        BINARY_100("cifar-100-binary/", List.of("train.bin"), "test.bin", "fine_label_names.txt"),
        PYTHON_10("cifar-10-batches-py/", batches(""), "test_batch", "batches.meta"),
        PYTHON_100("cifar-100-python/", List.of("train"), "test", "meta");

        private final String folder;
        private final List<String> train;
        private final String test;
        private final String names;

        Layout(String folder, List<String> train, String test, String names) {
            this.folder = folder;
            this.train = train;
            this.test = test;
            this.names = names;
        }

        private static List<String> batches(String ending) {
            List<String> names = new ArrayList<>();
            for (int batch = 1; batch <= 5; batch++) {
                names.add("data_batch_" + batch + ending);
            }
            return names;
        }

        List<String> members() {
            List<String> all = new ArrayList<>(train);
            all.add(test);
            all.add(names);
            return all;
        }

        /** Bytes in front of each image of a binary version, of which the last is the class. */
        int labelBytes() {
            return this == BINARY_100 ? 2 : 1;
        }

        boolean isPickled() {
            return this == PYTHON_10 || this == PYTHON_100;
        }

        String labelsKey() {
            return this == PYTHON_100 ? "fine_labels" : "labels";
        }

        String namesKey() {
            return this == PYTHON_100 ? "fine_label_names" : "label_names";
        }
    }

    private CifarArchive(DatasetManifest manifest) {
        this.manifest = manifest;
        this.content = manifest.content().orElseThrow();
        this.train = ImageSet.blank(content.train(), manifest.bytesPerImage());
        this.test = ImageSet.blank(content.test(), manifest.bytesPerImage());
    }

    /**
     * @param archive gzip or plain tar
     * @throws UnusableDataException if it does not have the images and classes that the manifest states
     */
    static OfficialData read(DatasetManifest manifest, Path archive) throws UnusableDataException {
        CifarArchive reader = new CifarArchive(manifest);
        String advice = "replace it by the original, see " + manifest.homepage();
        try (DigestInputStream file = new DigestInputStream(Files.newInputStream(archive), Sha256.digest())) {
            InputStream unpacked = Gunzip.of(file);
            reader.readMembers(unpacked);
            file.transferTo(OutputStream.nullOutputStream());
            String sha256 = HexFormat.of().formatHex(file.getMessageDigest().digest());
            return new OfficialData(reader.train, reader.test, reader.description(archive, sha256));
        } catch (UnusableDataException e) {
            throw e.about(archive, advice);
        } catch (ZipException | EOFException e) {
            throw damaged(e, "is not sound gzip (%s)".formatted(e.getMessage())).about(archive, advice);
        } catch (IOException e) {
            throw damaged(e, "cannot be read (%s)".formatted(e)).about(archive, advice);
        }
    }

    /** A hint for those who have unpacked the archive; else nothing. */
    static String unpackedIn(Path folder) {
        return Arrays.stream(Layout.values())
                .map(layout -> layout.folder)
                .filter(name -> Files.exists(folder.resolve(name)))
                .findFirst()
                .map(name ->
                        "; it has %s, which is unpacked data: give the archive as it was published".formatted(name))
                .orElse("");
    }

    private String description(Path archive, String sha256) {
        boolean published = manifest.files().stream().anyMatch(f -> f.sha256().equals(sha256));
        return published
                ? "the published archive " + archive.getFileName()
                : "the archive %s, which is not the published file (its sha256 is %s) but has the same images"
                        .formatted(archive.getFileName(), sha256);
    }

    private void readMembers(InputStream archive) throws IOException, UnusableDataException {
        long bytes = content.bytes() + (long) (content.train() + content.test()) * PICKLE_BYTES_PER_IMAGE + ROOM;
        new TarReader(new TarReader.Limits(MOST_ENTRIES, bytes, bytes)).read(archive, (name, size, file) -> {
            Optional<Layout> its = Arrays.stream(Layout.values())
                    .filter(l -> name.startsWith(l.folder))
                    .findFirst();
            if (its.isEmpty() || layout.isPresent() && !layout.equals(its)) {
                return;
            }
            layout = its;
            String member = name.substring(its.get().folder.length());
            if (its.get().members().contains(member)) {
                if (!found.add(member)) {
                    throw damaged("contains %s twice", name);
                }
                readMember(its.get(), member, size, file);
            }
        });
        Layout known = layout.orElseThrow(
                () -> damaged(
                        "has none of the folders cifar-10-batches-bin, cifar-100-binary, cifar-10-batches-py and cifar-100-python"));
        for (String member : known.members()) {
            if (!found.contains(member)) {
                throw damaged("has no file %s%s", known.folder, member);
            }
        }
    }

    private void readMember(Layout known, String member, long size, InputStream file)
            throws IOException, UnusableDataException {
        if (member.equals(known.names)) {
            checkNames(known, file);
            return;
        }
        boolean isTest = member.equals(known.test);
        int parts = isTest ? 1 : known.train.size();
        int count = (isTest ? content.test() : content.train()) / parts;
        int first = isTest ? 0 : known.train.indexOf(member) * count;
        if (known.isPickled()) {
            readPickle(known, member, file, isTest ? test : train, first, count);
        } else {
            readRecords(known, member, size, file, isTest ? test : train, first, count);
        }
    }

    private void checkNames(Layout known, InputStream file) throws IOException, UnusableDataException {
        List<?> names = known.isPickled()
                ? list(PickleReader.read(file, 0), known.names, known.namesKey())
                : new String(file.readNBytes(MOST_NAME_BYTES), StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
        if (!names.equals(manifest.classes())) {
            throw damaged("%s names the classes %s, the manifest %s", known.names, names, manifest.classes());
        }
    }

    private static List<?> list(Map<String, Object> pickle, String member, String key) throws UnusableDataException {
        if (pickle.get(key) instanceof List<?> list) {
            return list;
        }
        throw damaged("%s has no list '%s'", member, key);
    }

    /** @param first index in {@code images} of the file's first image */
    private void readRecords(
            Layout known, String member, long size, InputStream file, ImageSet images, int first, int count)
            throws IOException, UnusableDataException {
        byte[] record = new byte[known.labelBytes() + manifest.bytesPerImage()];
        if (size != (long) count * record.length) {
            throw damaged("%s is %d bytes long, expected %d images of %d bytes", member, size, count, record.length);
        }
        byte[] image = new byte[manifest.bytesPerImage()];
        for (int i = 0; i < count; i++) {
            if (file.readNBytes(record, 0, record.length) < record.length) {
                throw new EOFException("%s ends within image %d".formatted(member, i));
            }
            interleave(record, known.labelBytes(), image);
            put(images, first + i, image, label(member, i, Byte.toUnsignedInt(record[known.labelBytes() - 1])));
        }
    }

    private void readPickle(Layout known, String member, InputStream file, ImageSet images, int first, int count)
            throws IOException, UnusableDataException {
        int bytesPerImage = manifest.bytesPerImage();
        Map<String, Object> pickle = PickleReader.read(file, Math.multiplyExact(count, bytesPerImage));
        List<?> labels = list(pickle, member, known.labelsKey());
        if (!(pickle.get("data") instanceof PickleReader.Matrix data)
                || data.rows() != count
                || data.columns() != bytesPerImage
                || labels.size() != count) {
            throw damaged("%s does not have 'data' and labels of %d images of %d bytes", member, count, bytesPerImage);
        }
        byte[] planes = new byte[bytesPerImage];
        byte[] image = new byte[bytesPerImage];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < bytesPerImage; j++) {
                planes[j] = data.get(i, j);
            }
            interleave(planes, 0, image);
            put(images, first + i, image, label(member, i, labels.get(i) instanceof Integer label ? label : -1));
        }
    }

    private int label(String member, int image, int label) throws UnusableDataException {
        if (label < 0 || label >= manifest.classes().size()) {
            throw damaged(
                    "%s: label %d is %d, expected 0 to %d",
                    member, image, label, manifest.classes().size() - 1);
        }
        return label;
    }

    private static void put(ImageSet images, int index, byte[] image, int label) {
        images.pixels().put(index * image.length, image);
        images.classes()[index] = (byte) label;
    }

    /** From a plane for each channel, beginning at {@code from}, to the channels of each pixel side by side. */
    private void interleave(byte[] planes, int from, byte[] image) {
        int pixels = manifest.height() * manifest.width();
        int channels = manifest.channels();
        for (int channel = 0; channel < channels; channel++) {
            int plane = from + channel * pixels;
            for (int pixel = 0; pixel < pixels; pixel++) {
                image[pixel * channels + channel] = planes[plane + pixel];
            }
        }
    }
}
