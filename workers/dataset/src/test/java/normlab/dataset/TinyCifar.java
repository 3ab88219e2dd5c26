package normlab.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.provenance.Sha256;

/** An archive in the exact format of CIFAR, with few images of 2×3 pixels in 3 classes. */
final class TinyCifar {
    static final List<String> CLASSES = List.of("cat", "dog", "oak_tree");
    static final int PART = 3;
    private static final int PIXELS = 6;

    private final Format format;
    private final Map<String, byte[]> members = new LinkedHashMap<>();
    private final Map<String, byte[]> further = new LinkedHashMap<>();

    private TinyCifar(Format format) {
        this.format = format;
    }

    /** The members lie in the archive in no order, as in the original. */
    static TinyCifar ten() {
        TinyCifar cifar = new TinyCifar(Format.CIFAR_10);
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
        TinyCifar cifar = new TinyCifar(Format.CIFAR_100);
        cifar.members.put("train.bin", records(2, 5 * PART, 0));
        cifar.members.put("test.bin", records(2, PART, 5 * PART));
        cifar.members.put("coarse_label_names.txt", text("animals\nplants\n"));
        cifar.members.put("fine_label_names.txt", text(String.join("\n", CLASSES) + "\n"));
        return cifar;
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
        String folder = format == Format.CIFAR_10 ? "cifar-10-batches-bin" : "cifar-100-binary";
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
                format,
                2,
                3,
                3,
                CLASSES,
                List.of(new DataFile(FileRole.ARCHIVE, "tiny.tar.gz", 6 * PART, archive.length, Sha256.of(archive))),
                all,
                Optional.empty());
    }

    static Path write(Path folder, byte[] archive) throws IOException {
        return Files.write(Files.createDirectories(folder).resolve("tiny.tar.gz"), archive);
    }
}
