package normlab.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import normlab.provenance.Sha256;

/** An archive in an exact format of CIFAR, with few images of 2×3 pixels in 3 classes. */
final class TinyCifar {
    static final List<String> CLASSES = List.of("cat", "dog", "oak_tree");
    static final int PART = 3;
    private static final int PIXELS = 6;

    private final String folder;
    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private final Map<String, byte[]> further = new LinkedHashMap<>();

    private TinyCifar(String folder) {
        this.folder = folder;
    }

    /** The members lie in the archive in no order, as in the original. */
    static TinyCifar ten() {
        TinyCifar cifar = new TinyCifar("cifar-10-batches-bin");
        for (int batch : new int[] {1, 3, 4}) {
            cifar.members.put("data_batch_" + batch + ".bin", records(1, PART, (batch - 1) * PART));
        }
        cifar.members.put("test_batch.bin", records(1, PART, 5 * PART));
        cifar.members.put("readme.html", new byte[100]);
        cifar.members.put("data_batch_5.bin", records(1, PART, 4 * PART));
        cifar.members.put("data_batch_2.bin", records(1, PART, PART));
        cifar.members.put("batches.meta.txt", text(String.join("\n", CLASSES) + "\n\n"));
        return cifar;
    }

    static TinyCifar hundred() {
        TinyCifar cifar = new TinyCifar("cifar-100-binary");
        cifar.members.put("train.bin", records(2, 5 * PART, 0));
        cifar.members.put("test.bin", records(2, PART, 5 * PART));
        cifar.members.put("coarse_label_names.txt", text("animals\nplants\n"));
        cifar.members.put("fine_label_names.txt", text(String.join("\n", CLASSES) + "\n"));
        return cifar;
    }

    static TinyCifar pythonTen() {
        TinyCifar cifar = new TinyCifar("cifar-10-batches-py");
        cifar.members.put("test_batch", pickle("labels", PART, 5 * PART, false));
        // The first batch is the last here: the order of the images says nothing.
        for (int batch = 1; batch <= 5; batch++) {
            cifar.members.put("data_batch_" + batch, pickle("labels", PART, (5 - batch) * PART, batch == 2));
        }
        cifar.members.put(
                "batches.meta", new PickleBytes().names("label_names", CLASSES).end());
        return cifar;
    }

    static TinyCifar pythonHundred() {
        TinyCifar cifar = new TinyCifar("cifar-100-python");
        cifar.members.put("train", pickle("fine_labels", 5 * PART, 0, false));
        cifar.members.put("test", pickle("fine_labels", PART, 5 * PART, true));
        cifar.members.put(
                "meta", new PickleBytes().names("fine_label_names", CLASSES).end());
        return cifar;
    }

    private static byte[] pickle(String labels, int count, int first, boolean columnsFirst) {
        byte[] planes = new byte[count * 3 * PIXELS];
        List<Integer> classes = new ArrayList<>();
        for (int image = 0; image < count; image++) {
            classes.add((first + image) % CLASSES.size());
            for (int i = 0; i < 3 * PIXELS; i++) {
                int place = columnsFirst ? i * count + image : image * 3 * PIXELS + i;
                planes[place] = (byte) ((first + image) * 3 * PIXELS + i);
            }
        }
        return new PickleBytes()
                .text("batch_label", "a batch")
                .numbers(labels, classes)
                .numbers("coarse_labels", classes.stream().map(c -> 99).toList())
                .matrix("data", count, 3 * PIXELS, planes, columnsFirst)
                .end();
    }

    /** The same images as PNG files in class folders. */
    static void writeFolders(Path root) throws IOException {
        for (int image = 0; image < 6 * PART; image++) {
            BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                int colour = 0;
                for (int plane = 0; plane < 3; plane++) {
                    colour = colour << 8 | (image * 3 * PIXELS + plane * PIXELS + pixel) & 0xFF;
                }
                picture.setRGB(pixel % 3, pixel / 3, colour);
            }
            String part = image < 5 * PART ? "train" : "test";
            Path folder = Files.createDirectories(root.resolve(part).resolve(CLASSES.get(image % CLASSES.size())));
            ImageIO.write(
                    picture,
                    "png",
                    folder.resolve("z%03d.png".formatted(99 - image)).toFile());
        }
    }

    /** The fingerprint of these images. */
    static String fingerprint() {
        ImageDigests train = new ImageDigests(5 * PART);
        ImageDigests test = new ImageDigests(PART);
        for (int image = 0; image < 6 * PART; image++) {
            boolean trained = image < 5 * PART;
            (trained ? train : test)
                    .set(
                            trained ? image : image - 5 * PART,
                            image % CLASSES.size(),
                            ImageDigests.of(2, 3, 3, interleaved(1, image)));
        }
        return ImageDigests.fingerprint(CLASSES.size(), train, test);
    }

    /** Image n has label n mod 3 and the planes n·18, n·18 + 1 …; a coarse label, if any, that no class has. */
    static byte[] records(int labelBytes, int count, int first) {
        byte[] records = new byte[count * (labelBytes + 3 * PIXELS)];
        int to = 0;
        for (int image = first; image < first + count; image++) {
            if (labelBytes == 2) {
                records[to++] = 99;
            }
            records[to++] = (byte) (image % CLASSES.size());
            for (int i = 0; i < 3 * PIXELS; i++) {
                records[to++] = (byte) (image * 3 * PIXELS + i);
            }
        }
        return records;
    }

    /** What reading must make of it: red, green and blue of each pixel side by side. */
    static byte[] interleaved(int count, int first) {
        byte[] images = new byte[count * 3 * PIXELS];
        int to = 0;
        for (int image = first; image < first + count; image++) {
            for (int pixel = 0; pixel < PIXELS; pixel++) {
                for (int plane = 0; plane < 3; plane++) {
                    images[to++] = (byte) (image * 3 * PIXELS + plane * PIXELS + pixel);
                }
            }
        }
        return images;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    TinyCifar replace(String member, byte[] content) {
        members.put(member, content);
        return this;
    }

    TinyCifar without(String member) {
        members.remove(member);
        return this;
    }

    /** Beside the members, under a path of its own. */
    TinyCifar further(String path, byte[] content) {
        further.put(path, content);
        return this;
    }

    byte[] member(String name) {
        return members.getOrDefault(name, new byte[0]);
    }

    TarFile tar() {
        TarFile tar = new TarFile().withFolder(folder);
        members.forEach((name, content) -> tar.with(folder + "/" + name, content));
        further.forEach(tar::with);
        return tar;
    }

    /** A manifest to which this archive is the original. */
    DatasetManifest manifest(byte[] archive, Source... sources) {
        List<Source> all = new ArrayList<>(List.of(sources));
        all.add(new Source.Cache());
        return new DatasetManifest(
                "tiny-cifar",
                "Tiny CIFAR",
                new DatasetManifest.Licence("none", "nobody", "http://localhost/licence"),
                "none",
                "http://localhost/cifar",
                Format.IMAGES,
                2,
                3,
                3,
                CLASSES,
                Optional.of(new ImageContent(5 * PART, PART, 5, 5, 6L * PART * 3 * PIXELS, fingerprint())),
                List.of(new DataFile(FileRole.ARCHIVE, "tiny.tar.gz", 6 * PART, archive.length, Sha256.of(archive))),
                all,
                Optional.empty());
    }

    static Path write(Path folder, byte[] archive) throws IOException {
        return Files.write(Files.createDirectories(folder).resolve("tiny.tar.gz"), archive);
    }
}
