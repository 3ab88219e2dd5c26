package normlab.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import normlab.json.Json;
import normlab.provenance.Sha256;

/**
 * A dataset that tests make: 12 training and 6 test images of 2×3 pixels in 3 classes, and its manifest. Pixels count up,
 * so every byte tells where it comes from.
 */
final class TinyDataset {
    static final byte[] TRAIN_LABELS = {0, 1, 2, 2, 1, 0, 0, 1, 2, 0, 1, 2};
    static final byte[] TEST_LABELS = {2, 1, 0, 0, 1, 2};
    static final int BYTES_PER_IMAGE = 6;

    private final Map<FileRole, byte[]> contents = new EnumMap<>(FileRole.class);

    TinyDataset() {
        contents.put(FileRole.TRAIN_IMAGES, idx(pixels(12, 0), 12, 2, 3));
        contents.put(FileRole.TRAIN_LABELS, idx(TRAIN_LABELS, 12));
        contents.put(FileRole.TEST_IMAGES, idx(pixels(6, 100), 6, 2, 3));
        contents.put(FileRole.TEST_LABELS, idx(TEST_LABELS, 6));
    }

    static byte[] pixels(int images, int first) {
        byte[] pixels = new byte[images * BYTES_PER_IMAGE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (first + i);
        }
        return pixels;
    }

    static byte[] idx(byte[] values, int... dimensions) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length);
        buffer.putInt(0x0800 | dimensions.length);
        for (int dimension : dimensions) {
            buffer.putInt(dimension);
        }
        return buffer.put(values).array();
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    byte[] content(FileRole role) {
        return contents.getOrDefault(role, new byte[0]);
    }

    void replace(FileRole role, byte[] content) {
        contents.put(role, content);
    }

    DatasetManifest manifest(Source... sources) {
        return new DatasetManifest(
                "tiny",
                "Tiny",
                new DatasetManifest.Licence("MIT", "Copyright © nobody", "http://localhost/licence"),
                "none",
                "http://localhost/tiny",
                Format.IDX,
                2,
                3,
                1,
                List.of("zero", "one", "two"),
                Optional.empty(),
                List.of(
                        file(FileRole.TRAIN_IMAGES, 12),
                        file(FileRole.TRAIN_LABELS, 12),
                        file(FileRole.TEST_IMAGES, 6),
                        file(FileRole.TEST_LABELS, 6)),
                List.of(sources),
                Optional.empty());
    }

    private DataFile file(FileRole role, int count) {
        byte[] content = content(role);
        return new DataFile(role, fileName(role), count, content.length, Sha256.of(content));
    }

    static String fileName(FileRole role) {
        return role.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Writes all four files, gzip, into the folder, which is made. */
    Path writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (FileRole role : Format.IDX.roles()) {
            Files.write(folder.resolve(fileName(role) + ".gz"), gzip(content(role)));
        }
        return folder;
    }

    /** Writes the manifest into the folder and opens it as a catalogue. */
    DatasetCatalog catalogIn(Path folder, Source... sources) throws IOException {
        Files.createDirectories(folder);
        // JSON is YAML.
        Files.write(folder.resolve("tiny.yaml"), Json.bytes(manifest(sources)));
        return new DatasetCatalog(folder);
    }
}
