package normlab.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import normlab.json.Json;
import normlab.provenance.Sha256;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Sinks;
import us.hebi.matlab.mat.types.Struct;

/**
 * Three archives in the exact form of ILSVRC2012 with three classes, whose numbers in the development kit are not in the
 * order of their names, as in the original.
 */
final class TinyIlsvrc {
    static final List<String> CLASSES = List.of("n01440764", "n02105855", "n15075141");
    /** By class: the classes differ in size. */
    static final int[] TRAIN = {5, 4, 7};

    private static final List<Integer> NUMBERS = List.of(3, 1, 2);
    private static final int[] TRUTH = {3, 3, 1, 2};

    private final Map<String, byte[]> train = new LinkedHashMap<>();
    private final Map<String, byte[]> test = new LinkedHashMap<>();
    private String truth = numbers(TRUTH);
    private List<String> synsets = CLASSES;

    TinyIlsvrc() {
        for (int label = CLASSES.size() - 1; label >= 0; label--) {
            TarFile inner = new TarFile();
            for (int i = 0; i < TRAIN[label]; i++) {
                inner.with("%s_%d.JPEG".formatted(CLASSES.get(label), 100 - i), image(label, i));
            }
            train.put(CLASSES.get(label) + ".tar", inner.bytes());
        }
        for (int i = TRUTH.length; i >= 1; i--) {
            test.put("ILSVRC2012_val_%08d.JPEG".formatted(i), image(NUMBERS.indexOf(TRUTH[i - 1]), 50 + i));
        }
    }

    /** Its brightness tells class and place; one is a PNG in spite of its name. */
    static byte[] image(int label, int place) {
        int value = 60 * label + 2 * place;
        return place == 2 ? Pictures.png(20, 16, value * 0x010101) : Pictures.greyJpeg(20, 16, value);
    }

    private static String numbers(int... numbers) {
        return Arrays.stream(numbers).mapToObj(n -> n + "\n").collect(Collectors.joining());
    }

    TinyIlsvrc train(String name, byte[] content) {
        train.put(name, content);
        return this;
    }

    TinyIlsvrc withoutTrain(String name) {
        train.remove(name);
        return this;
    }

    TinyIlsvrc test(String name, byte[] content) {
        test.put(name, content);
        return this;
    }

    TinyIlsvrc withoutTest(String name) {
        test.remove(name);
        return this;
    }

    TinyIlsvrc truth(int... numbers) {
        truth = numbers(numbers);
        return this;
    }

    TinyIlsvrc synsets(String... names) {
        synsets = List.of(names);
        return this;
    }

    private byte[] devkit() {
        return TinyDataset.gzip(new TarFile()
                .withFolder("ILSVRC2012_devkit_t12")
                .with("ILSVRC2012_devkit_t12/readme.txt", new byte[10])
                .with("ILSVRC2012_devkit_t12/data/meta.mat", meta())
                .with(
                        "ILSVRC2012_devkit_t12/data/ILSVRC2012_validation_ground_truth.txt",
                        truth.getBytes(StandardCharsets.US_ASCII))
                .bytes());
    }

    /** The classes with images, and a group of them, which has none of its own. */
    private byte[] meta() {
        Struct structs = Mat5.newStruct(synsets.size() + 1, 1);
        for (int i = 0; i <= synsets.size(); i++) {
            boolean group = i == synsets.size();
            structs.set("ILSVRC2012_ID", i, Mat5.newScalar(group ? 1001 : NUMBERS.get(i)));
            structs.set("WNID", i, Mat5.newString(group ? "n00001740" : synsets.get(i)));
            structs.set("num_children", i, Mat5.newScalar(group ? 3 : 0));
        }
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.nativeOrder());
        try (MatFile file = Mat5.newMatFile().addArray("synsets", structs)) {
            Mat5.newWriter(Sinks.wrap(buffer)).writeMat(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] tar(Map<String, byte[]> files) {
        TarFile tar = new TarFile();
        files.forEach(tar::with);
        return tar.bytes();
    }

    /** Writes the archives into the folder, and a manifest to which they are the originals. */
    DatasetManifest writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<DataFile> files = new ArrayList<>();
        files.add(file(folder, FileRole.TRAIN_ARCHIVE, "train.tar", 16, tar(train)));
        files.add(file(folder, FileRole.TEST_ARCHIVE, "val.tar", 4, tar(test)));
        files.add(file(folder, FileRole.DEVKIT, "devkit.tar.gz", 3, devkit()));
        return new DatasetManifest(
                "tiny-ilsvrc",
                "Tiny ILSVRC",
                new DatasetManifest.Licence("none", "nobody", "http://localhost/licence"),
                "none",
                "http://localhost/ilsvrc",
                Format.ILSVRC,
                8,
                8,
                3,
                CLASSES,
                Optional.empty(),
                files,
                List.of(new Source.Folder(folder.toString())),
                Optional.of(new PixelStatistics(List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2))));
    }

    DatasetCatalog catalogIn(Path folder) throws IOException {
        DatasetManifest manifest = writeTo(folder.resolve("data"));
        Files.write(folder.resolve("tiny-ilsvrc.yaml"), Json.bytes(manifest));
        return new DatasetCatalog(folder);
    }

    private static DataFile file(Path folder, FileRole role, String name, int count, byte[] content)
            throws IOException {
        Files.write(folder.resolve(name), content);
        int bytes = role == FileRole.DEVKIT ? 1 << 20 : content.length;
        return new DataFile(role, name, count, bytes, Sha256.of(content));
    }
}
