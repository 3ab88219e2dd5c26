package normlab.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import normlab.app.config.Home;
import normlab.dataset.DatasetCatalog;
import normlab.platform.server.EmbeddedS3;
import normlab.platform.server.StandaloneServer;
import normlab.provenance.Sha256;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every dataset that is kept in memory, at its real size, in processes with the memory of real workers. */
class WholeDatasetsTest {
    private static final int IMAGE = 32 * 32 * 3;
    private static final List<String> ALL =
            List.of("fashion-mnist:5400:600", "synthetic-cifar:1800:200", "cifar-10:4500:500", "cifar-100:450:50");

    @TempDir
    private Path folder;

    private final Home home = Home.current();
    private final StackProcesses processes = new StackProcesses(home);

    @Test
    void aCoordinatorPreparesAndASlotTrainsOnAllOfThemOneAfterTheOther() throws Exception {
        fashionMnist();
        Files.copy(home.datasets().resolve("synthetic-cifar.yaml"), folder.resolve("synthetic-cifar.yaml"));
        cifar10();
        cifar100();
        try (StandaloneServer<EmbeddedS3> store =
                StandaloneServer.store(home.stackSettings().servers())) {
            assertThat(run(processes.coordinatorCommand(main(), arguments("prepare")), store))
                    .isEqualTo(names());
            assertThat(run(processes.slotCommand(main(), arguments("train")), store))
                    .isEqualTo(names());
        }
    }

    @Test
    void theCoordinatorsDirectMemoryHoldsEachDatasetTwice() {
        long most = new DatasetCatalog(home.datasets()).mostPreparationBytes() >> 20;
        assertThat(most).isEqualTo(2 * 60_000L * IMAGE >> 20).isLessThanOrEqualTo(512);
        assertThat(processes.coordinatorCommand(main(), List.of())).contains("-XX:MaxDirectMemorySize=512m");
    }

    private static String main() {
        return WholeDatasetProcess.class.getName();
    }

    private static List<String> names() {
        return ALL.stream().map(d -> d.split(":")[0]).toList();
    }

    private List<String> arguments(String what) {
        List<String> arguments = new ArrayList<>(List.of(what, folder.toString()));
        arguments.addAll(ALL);
        return arguments;
    }

    private List<String> run(List<String> command, StandaloneServer<EmbeddedS3> store)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(processes.slotEnvironment(1));
        builder.environment()
                .put(
                        WholeDatasetProcess.STORE,
                        String.join(
                                " ",
                                store.server().endpoints().s3Endpoint(),
                                store.server().credentials().accessKey(),
                                store.server().credentials().secretKey()));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it ended").isTrue();
            assertThat(process.exitValue()).as(Files.readString(err)).isZero();
            return Files.readAllLines(out).stream()
                    .filter(line -> names().contains(line))
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }

    private void fashionMnist() throws IOException {
        String manifest = Files.readString(home.datasets().resolve("fashion-mnist.yaml"));
        for (String part : List.of("train", "t10k")) {
            int count = part.equals("train") ? 60_000 : 10_000;
            Path images = folder.resolve(part + "-images-idx3-ubyte");
            try (OutputStream out = Files.newOutputStream(images)) {
                out.write(header(0x803, count, 28, 28));
                noise(out, count * 28L * 28);
            }
            Path labels = folder.resolve(part + "-labels-idx1-ubyte");
            try (OutputStream out = Files.newOutputStream(labels)) {
                out.write(header(0x801, count));
                for (int i = 0; i < count; i++) {
                    out.write(i % 10);
                }
            }
            manifest = stating(stating(manifest, images), labels);
        }
        write("fashion-mnist", manifest);
    }

    private static byte[] header(int... numbers) {
        ByteBuffer header = ByteBuffer.allocate(Integer.BYTES * numbers.length);
        for (int number : numbers) {
            header.putInt(number);
        }
        return header.array();
    }

    private void cifar10() throws IOException {
        Path archive = folder.resolve("cifar-10-binary.tar.gz");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            for (String batch :
                    List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5")) {
                records(tar, "cifar-10-batches-bin/" + batch + ".bin", 10_000, 1, 10);
            }
            records(tar, "cifar-10-batches-bin/test_batch.bin", 10_000, 1, 10);
            names(tar, "cifar-10-batches-bin/batches.meta.txt", "cifar-10");
        }
        write("cifar-10", withContent(Files.readString(home.datasets().resolve("cifar-10.yaml")), 10));
    }

    private void cifar100() throws IOException {
        Path archive = folder.resolve("cifar-100-binary.tar.gz");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(archive))) {
            records(tar, "cifar-100-binary/train.bin", 50_000, 2, 100);
            records(tar, "cifar-100-binary/test.bin", 10_000, 2, 100);
            names(tar, "cifar-100-binary/fine_label_names.txt", "cifar-100");
        }
        write("cifar-100", withContent(Files.readString(home.datasets().resolve("cifar-100.yaml")), 100));
    }

    private static void records(TarArchiveOutputStream tar, String name, int count, int labelBytes, int classes)
            throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize((long) count * (labelBytes + IMAGE));
        tar.putArchiveEntry(entry);
        byte[] label = new byte[labelBytes];
        for (int i = 0; i < count; i++) {
            label[labelBytes - 1] = (byte) (i % classes);
            tar.write(label);
            noise(tar, IMAGE);
        }
        tar.closeArchiveEntry();
    }

    private void names(TarArchiveOutputStream tar, String name, String dataset) throws IOException {
        byte[] text = String.join(
                        "\n", new DatasetCatalog(home.datasets()).load(dataset).classes())
                .getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(text.length);
        tar.putArchiveEntry(entry);
        tar.write(text);
        tar.closeArchiveEntry();
    }

    private static void noise(OutputStream out, long bytes) throws IOException {
        Random random = new Random(bytes);
        byte[] piece = new byte[(int) Math.min(bytes, 1 << 16)];
        random.nextBytes(piece);
        for (long left = bytes; left > 0; left -= piece.length) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
        }
    }

    /**
     * The manifest with the fingerprint of the archive in place of the real one's: every image is the same noise, so that
     * the canonical order is that of the labels.
     */
    private static String withContent(String manifest, int classes) throws IOException {
        ByteArrayOutputStream planes = new ByteArrayOutputStream();
        noise(planes, IMAGE);
        byte[] noise = planes.toByteArray();
        byte[] pixels = new byte[IMAGE];
        for (int i = 0; i < IMAGE; i++) {
            pixels[i] = noise[i % 3 * (IMAGE / 3) + i / 3];
        }
        MessageDigest image = Sha256.digest();
        image.update(header(32, 32, 3));
        byte[] digest = image.digest(pixels);
        MessageDigest all = Sha256.digest();
        all.update("normlab images 1\n".getBytes(StandardCharsets.US_ASCII));
        all.update(header(classes));
        for (int count : new int[] {50_000, 10_000}) {
            all.update(header(count));
            for (int i = 0; i < count; i++) {
                all.update(digest);
                all.update(header(i / (count / classes)));
            }
        }
        return manifest.replaceFirst(
                "(bytes: 184320000\\R\\s+sha256: )\"[0-9a-f]{64}\"",
                "$1\"" + HexFormat.of().formatHex(all.digest()) + "\"");
    }

    /** The manifest with the size and the hash of this file in place of the real one's. */
    private static String stating(String manifest, Path file) throws IOException {
        DigestInputStream digested = new DigestInputStream(Files.newInputStream(file), Sha256.digest());
        try (InputStream in = digested) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String sha256 = HexFormat.of().formatHex(digested.getMessageDigest().digest());
        String name = Matcher.quoteReplacement(file.getFileName().toString());
        return manifest.replaceFirst(
                "(name: " + name + "\\R\\s+count: \\d+\\R\\s+bytes: )\\d+(\\R\\s+sha256: )\"?[0-9a-f]{64}\"?",
                "$1" + Files.size(file) + "$2\"" + sha256 + "\"");
    }

    /** With this folder as the only source. */
    private void write(String name, String manifest) throws IOException {
        String head = manifest.substring(0, manifest.indexOf("sources:"));
        Files.writeString(
                folder.resolve(name + ".yaml"),
                head + "sources:\n  - kind: folder\n    path: \"%s\"\n".formatted(folder));
    }
}
