package normlab.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import normlab.app.campaign.ClaimFile;
import normlab.app.campaign.SampleCampaign;
import normlab.app.config.Git;
import normlab.app.config.Home;
import normlab.app.evidence.EvidenceCheck.Outcome;
import normlab.app.evidence.EvidenceVerification.Verdict;
import normlab.json.InvalidInputException;
import normlab.testkit.InMemoryArtifactStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
    private static final String RUN = "smoke-1";
    private static final Git HISTORY = new Git(Home.current().root());
    private static final String CODE = "4f2a91c";
    private static final Optional<byte[]> SBOM = Optional.of("{\"components\":[{}]}".getBytes(StandardCharsets.UTF_8));
    private static EvidenceExport.Exported exported = new EvidenceExport.Exported(new byte[0], "", 0);

    @BeforeAll
    static void export() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(Home.current(), store, RUN).written();
        exported = new EvidenceExport(store, true).of(RUN, ClaimFile.read(Home.current()), SBOM, CODE, Instant.EPOCH);
    }

    @Test
    void aBundleIsVerifiedFromItsJournalsUpToItsReport() {
        Verdict verdict = verify(exported.archive());
        assertThat(verdict.right()).isTrue();
        assertThat(verdict.run()).isEqualTo(RUN);
        assertThat(verdict.checks())
                .filteredOn(c -> c.outcome() == Outcome.RIGHT)
                .extracting(EvidenceCheck::subject)
                .contains(
                        "archive",
                        "files",
                        "origin",
                        "keys",
                        "journals",
                        "test accuracy",
                        "models",
                        "statistics and claims",
                        "figures and page");
    }

    @Test
    void whatCouldNotBeCheckedIsSaid() {
        assertThat(verify(exported.archive()).checks())
                .filteredOn(c -> c.outcome() == Outcome.NOT_CHECKED)
                .extracting(EvidenceCheck::subject)
                .contains("images");
    }

    @Test
    void aChangedByteInAnyFileIsFoundAndTheFileNamed() {
        Bundle bundle = BundleArchive.read(exported.archive(), "bundle");
        assertThat(bundle.files()).hasSizeGreaterThan(30);
        for (String path : bundle.files().keySet()) {
            byte[] changed = bundle.required(path).clone();
            changed[changed.length / 2] ^= 1;
            TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
            files.put(path, changed);
            assertThat(problems(BundleArchive.write(new Bundle(files))))
                    .as(path)
                    .contains(path);
        }
    }

    @Test
    void aChangedByteAnywhereInTheManifestIsItsOwn() {
        Bundle bundle = BundleArchive.read(exported.archive(), "bundle");
        byte[] manifest = bundle.required("manifest.json");
        for (int i = 0; i < manifest.length; i += 19) {
            byte[] changed = manifest.clone();
            changed[i] ^= 1;
            TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
            files.put("manifest.json", changed);
            assertThat(problems(BundleArchive.write(new Bundle(files))))
                    .as("byte %d", i)
                    .contains("manifest.json");
        }
    }

    @Test
    void aChangedByteAnywhereInTheArchiveIsFound() {
        byte[] archive = exported.archive();
        for (int i = 0; i < archive.length; i += archive.length / 61) {
            byte[] changed = archive.clone();
            changed[i] ^= 1;
            assertThat(verify(changed).right()).as("byte %d", i).isFalse();
        }
        assertThat(verify(Arrays.copyOf(archive, archive.length + 1)).right()).isFalse();
        assertThat(verify(Arrays.copyOf(archive, archive.length - 1)).right()).isFalse();
    }

    @Test
    void aFileThatIsGoneOrAddedIsNamed() {
        Bundle bundle = BundleArchive.read(exported.archive(), "bundle");
        TreeMap<String, byte[]> fewer = new TreeMap<>(bundle.files());
        fewer.remove("sbom.json");
        assertThat(problems(BundleArchive.write(new Bundle(fewer)))).contains("sbom.json is missing");
        TreeMap<String, byte[]> more = new TreeMap<>(bundle.files());
        more.put("store/extra", new byte[1]);
        assertThat(problems(BundleArchive.write(new Bundle(more)))).contains("store/extra is not in the manifest");
    }

    @Test
    void ofAnArchiveThatWasPackedAgainItIsSaidWhetherThatIsAll() throws IOException {
        Bundle bundle = BundleArchive.read(exported.archive(), "bundle");
        assertThat(problems(packedAgain(bundle))).contains("packed again; each file in it is as the manifest says");
        TreeMap<String, byte[]> fewer = new TreeMap<>(bundle.files());
        fewer.remove("sbom.json");
        assertThat(problems(packedAgain(new Bundle(fewer)))).contains("packed again; sbom.json is missing");
    }

    /** With another time of each file. */
    private static byte[] packedAgain(Bundle bundle) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(crc.getValue());
                entry.setTimeLocal(LocalDateTime.of(2026, 11, 25, 0, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return archive.toByteArray();
    }

    /** Its content is no deflated stream, so a reader that began to unpack it would say something else. */
    @Test
    void aFileThatCouldUnpackToAnySizeIsNotUnpacked() {
        ByteBuffer bomb = ByteBuffer.allocate(ZipEntry.LOCHDR + 1 + 64).order(ByteOrder.LITTLE_ENDIAN);
        bomb.putInt((int) ZipEntry.LOCSIG).putShort((short) 20).putShort((short) 0);
        bomb.putShort((short) ZipEntry.DEFLATED).putInt(0).putInt(0);
        bomb.putInt(64)
                .putInt(Integer.MAX_VALUE)
                .putShort((short) 1)
                .putShort((short) 0)
                .put((byte) 'x');
        assertThat(problems(bomb.array())).isEqualTo("is not as it was exported at x: the file is compressed");
    }

    @Test
    void aNameCannotMoveTheTerminalsCursor() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("\u001b[2Jx"));
            zip.write(1);
        }
        assertThat(problems(archive.toByteArray())).contains("?[2Jx").doesNotContain("\u001b");
    }

    @Test
    void namesThatLeadElsewhereAreOnlyNames() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("store/../../../../tmp/x", new byte[1]);
        byte[] archive = BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files));
        Verdict verdict = new EvidenceVerification(archive, "bundle", HISTORY).verify(Optional.empty(), CODE);
        assertThat(verdict.checks()).extracting(EvidenceCheck::subject).contains("contents");
        assertThat(BundleArchive.read(archive, "bundle").store().get("../../../../etc/hostname"))
                .isEmpty();
    }

    @Test
    void whoSealsForgedJournalsAnewIsFoundByTheReportAndByTheDigest() {
        Bundle bundle = BundleArchive.read(exported.archive(), "bundle");
        TreeMap<String, byte[]> files = new TreeMap<>(bundle.files());
        files.keySet().removeIf(path -> path.startsWith("manifest."));
        String journal = files.keySet().stream()
                .filter(path -> path.endsWith("journal.jsonl"))
                .findFirst()
                .orElseThrow();
        String forged = new String(Objects.requireNonNull(files.get(journal)), StandardCharsets.UTF_8)
                .replace("\"trainLoss\":2", "\"trainLoss\":1");
        files.put(journal, forged.getBytes(StandardCharsets.UTF_8));
        byte[] archive = BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files));
        assertThat(problems(archive)).contains("the digest is");
        Verdict withoutDigest = new EvidenceVerification(archive, "bundle", HISTORY).verify(Optional.empty(), CODE);
        assertThat(withoutDigest.checks())
                .filteredOn(c -> c.outcome() == Outcome.WRONG)
                .extracting(EvidenceCheck::subject)
                .contains("statistics and claims");
    }

    @ParameterizedTest
    @CsvSource({
        "/journal.jsonl, '\"preciseAccuracy\":0.6', '\"preciseAccuracy\":0.7', report/curves.csv",
        "/result.json, '\"top1\":0.46', '\"top1\":0.56', '-s1, precise statistics'",
        "/trials.csv, ',0.46,', ',0.56,', report/trials.csv",
        "/curves.csv, ',0.9,0.6', ',0.9,0.7', report/curves.csv",
    })
    void aForgedPreciseAccuracyIsNamed(String file, String from, String to, String named) {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(Home.current(), store, RUN).evaluatedTwice().written();
        byte[] archive = new EvidenceExport(store, false)
                .of(RUN, ClaimFile.read(Home.current()), SBOM, CODE, Instant.EPOCH)
                .archive();
        TreeMap<String, byte[]> files =
                new TreeMap<>(BundleArchive.read(archive, "bundle").files());
        files.keySet().removeIf(path -> path.startsWith("manifest."));
        String forged = files.keySet().stream()
                .filter(path -> path.endsWith(file))
                .filter(path -> text(files, path).contains(from))
                .findFirst()
                .orElseThrow();
        files.put(
                forged,
                text(files, forged).replaceFirst(Pattern.quote(from), to).getBytes(StandardCharsets.UTF_8));
        Verdict verdict = new EvidenceVerification(
                        BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files)), "bundle", HISTORY)
                .verify(Optional.empty(), CODE);
        assertThat(verdict.checks())
                .filteredOn(c -> c.outcome() == Outcome.WRONG)
                .extracting(EvidenceCheck::detail)
                .anyMatch(detail -> detail.contains(named));
    }

    private static String text(TreeMap<String, byte[]> files, String path) {
        return new String(Objects.requireNonNull(files.get(path)), StandardCharsets.UTF_8);
    }

    @Test
    void modelsThatDoNotFitIntoMemoryAreRefusedBeforeTheyAreRead() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(Home.current(), store, RUN).written();
        assertThatThrownBy(() -> new EvidenceExport(store, true, 1 << 20)
                        .of(RUN, ClaimFile.read(Home.current()), SBOM, CODE, Instant.EPOCH))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave --models out");
        assertThat(new EvidenceExport(store, false, 1 << 20)
                        .of(RUN, ClaimFile.read(Home.current()), SBOM, CODE, Instant.EPOCH)
                        .files())
                .isPositive();
    }

    @Test
    void theModelsOfTheCampaignThatARerunRepeatsNeedRoomToo() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(Home.current(), store, RUN).written();
        new SampleCampaign(Home.current(), store, "smoke-2").repeating(RUN).written();
        // Six times four models of 40,026 values.
        EvidenceExport enough = new EvidenceExport(store, true, 6 * 4 * 40_026 * Float.BYTES);
        assertThat(enough.of(RUN, ClaimFile.read(Home.current()), SBOM, CODE, Instant.EPOCH)
                        .files())
                .isPositive();
        assertThatThrownBy(() -> enough.of("smoke-2", ClaimFile.read(Home.current()), SBOM, CODE, Instant.EPOCH))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("leave --models out");
    }

    @Test
    void aReportInTheWordsOfEarlierCodeIsNoForgery() {
        InMemoryArtifactStore store = new InMemoryArtifactStore();
        new SampleCampaign(Home.current(), store, RUN).written();
        store.put("runs/" + RUN + "/report/summary.md", "other words".getBytes(StandardCharsets.UTF_8));
        byte[] archive = new EvidenceExport(store, false)
                .of(RUN, ClaimFile.read(Home.current()), SBOM, "b0b0b0b", Instant.EPOCH)
                .archive();
        Verdict verdict = new EvidenceVerification(archive, "bundle", HISTORY).verify(Optional.empty(), "b0b0b0b");
        assertThat(verdict.right()).isTrue();
        assertThat(verdict.checks())
                .filteredOn(c -> c.outcome() == Outcome.NOT_CHECKED)
                .extracting(EvidenceCheck::subject)
                .contains("statistics and claims");
    }

    @Test
    void contentsThatItsOwnVersionCannotReadAreForged() {
        TreeMap<String, byte[]> files =
                new TreeMap<>(BundleArchive.read(exported.archive(), "bundle").files());
        files.keySet().removeIf(path -> path.startsWith("manifest."));
        files.put("store/runs/" + RUN + "/plan.json", "{}".getBytes(StandardCharsets.UTF_8));
        byte[] archive = BundleArchive.write(Bundle.sealed(RUN, Instant.EPOCH, files));
        assertThat(new EvidenceVerification(archive, "bundle", HISTORY)
                        .verify(Optional.empty(), CODE)
                        .checks())
                .filteredOn(c -> c.outcome() == Outcome.WRONG)
                .extracting(EvidenceCheck::subject)
                .containsExactly("contents");
        assertThat(new EvidenceVerification(archive, "bundle", HISTORY)
                        .verify(Optional.empty(), "b0b0b0b")
                        .right())
                .isTrue();
    }

    private static Verdict verify(byte[] archive) {
        return new EvidenceVerification(archive, "bundle", HISTORY).verify(Optional.of(exported.digest()), CODE);
    }

    private static String problems(byte[] archive) {
        List<String> wrong = verify(archive).checks().stream()
                .filter(c -> c.outcome() == Outcome.WRONG)
                .map(EvidenceCheck::detail)
                .toList();
        return String.join("\n", wrong);
    }
}
