package normlab.app.evidence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.port.ReadOnlyStore;
import normlab.provenance.Sha256;

/**
 * The files of an evidence bundle by path, in order. What lay in the store is below {@code store/}, under its key.
 *
 * @param files never changed
 */
record Bundle(SortedMap<String, byte[]> files) {
    static final String STORE = "store/";
    static final String CLAIMS = "claims.json";
    static final String ENVIRONMENT = "environment.json";
    static final String SBOM = "sbom.json";
    private static final String MANIFEST = "manifest.json";
    private static final String DIGEST = "manifest.sha256";

    /** What a file must be. */
    record Entry(long bytes, String sha256) {}

    /** All files but itself and its digest. */
    record Manifest(int format, String run, Instant exportedAt, Map<String, Entry> files) {
        static final int FORMAT = 1;
    }

    /** Adds the manifest and its digest. */
    static Bundle sealed(String run, Instant exportedAt, SortedMap<String, byte[]> contents) {
        Map<String, Entry> entries = new TreeMap<>();
        contents.forEach((path, bytes) -> entries.put(path, new Entry(bytes.length, Sha256.of(bytes))));
        TreeMap<String, byte[]> files = new TreeMap<>(contents);
        byte[] manifest = Json.bytes(new Manifest(Manifest.FORMAT, run, exportedAt, entries));
        files.put(MANIFEST, manifest);
        files.put(DIGEST, digestLine(manifest));
        return new Bundle(files);
    }

    private static byte[] digestLine(byte[] manifest) {
        // As sha256sum writes and checks it.
        return "%s  %s\n".formatted(Sha256.of(manifest), MANIFEST).getBytes(StandardCharsets.US_ASCII);
    }

    /** SHA-256 of the manifest, and so of everything: to be kept elsewhere. */
    String digest() {
        return Sha256.of(required(MANIFEST));
    }

    /** @throws InvalidInputException if there is no manifest of this format */
    Manifest manifest() {
        Manifest manifest = Json.read(required(MANIFEST), Manifest.class, MANIFEST);
        if (manifest.format() != Manifest.FORMAT) {
            throw new InvalidInputException(
                    MANIFEST, "has format %d, this version reads %d".formatted(manifest.format(), Manifest.FORMAT));
        }
        return manifest;
    }

    byte[] required(String path) {
        return Optional.ofNullable(files.get(path))
                .orElseThrow(() -> new InvalidInputException(path, "is not in the bundle"));
    }

    /** Every file that is not what the manifest says, each named. */
    List<String> damage() {
        List<String> damage = new ArrayList<>();
        if (!new String(required(DIGEST), StandardCharsets.ISO_8859_1)
                .equals(new String(digestLine(required(MANIFEST)), StandardCharsets.ISO_8859_1))) {
            damage.add("%s does not say the SHA-256 of %s, which is %s".formatted(DIGEST, MANIFEST, digest()));
        }
        Map<String, Entry> entries = manifest().files();
        entries.forEach((path, entry) -> {
            byte[] found = files.get(path);
            if (found == null) {
                damage.add(path + " is missing");
            } else if (!Sha256.of(found).equals(entry.sha256())) {
                damage.add("%s has SHA-256 %s, the manifest says %s".formatted(path, Sha256.of(found), entry.sha256()));
            }
        });
        files.keySet().stream()
                .filter(path -> !entries.containsKey(path) && !path.equals(MANIFEST) && !path.equals(DIGEST))
                .forEach(path -> damage.add(path + " is not in the manifest"));
        return damage;
    }

    /** The part that lay in the store. */
    ReadOnlyStore store() {
        return new BundleStore(files);
    }

    private record BundleStore(SortedMap<String, byte[]> files) implements ReadOnlyStore {
        @Override
        public String place() {
            return "the evidence bundle";
        }

        @Override
        public boolean read(String key, Sink sink) {
            byte[] bytes = files.get(STORE + key);
            if (bytes == null) {
                return false;
            }
            sink.whole(bytes);
            return true;
        }

        @Override
        public boolean exists(String key) {
            return files.containsKey(STORE + key);
        }

        @Override
        public List<String> list(String prefix) {
            return files.tailMap(STORE + prefix).keySet().stream()
                    .takeWhile(path -> path.startsWith(STORE + prefix))
                    .map(path -> path.substring(STORE.length()))
                    .toList();
        }
    }
}
