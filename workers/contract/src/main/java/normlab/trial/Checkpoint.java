package normlab.trial;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import normlab.json.InvalidInputException;
import normlab.json.Json;
import normlab.provenance.Sha256;

/**
 * Everything that a training needs to continue as if it had never stopped, in one object, so that no part of it can be
 * newer than another. It is stored as the SHA-256 of the rest, on a line; the cursor, as a line of JSON; and the tensors.
 *
 * @param tensors weights, running statistics, optimizer state and the sums of the current epoch, as safetensors
 */
public record Checkpoint(Cursor cursor, byte[] tensors) {
    private static final int HASH_LINE = 65;

    /**
     * Whose checkpoint it is, and how far its training has come.
     *
     * @param trial key of the trial, {@link normlab.provenance.TrialIdentity#key()}: another trial may have arrays of the
     *     same names and shapes
     * @param epochsDone completed epochs, each with its row in the journal
     * @param stepInEpoch optimizer steps of the epoch after those
     * @param seconds that these steps took
     * @param resumes how often the training was resumed before this checkpoint was written
     */
    public record Cursor(
            String trial,
            int epochsDone,
            int stepInEpoch,
            double seconds,
            int resumes,
            List<JournalRow> journal,
            List<ProbeRow> probes) {
        public Cursor {
            journal = List.copyOf(journal);
            probes = List.copyOf(probes);
        }
    }

    byte[] encode() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        rest.writeBytes(Json.bytes(cursor));
        rest.write('\n');
        rest.writeBytes(tensors);
        ByteArrayOutputStream all = new ByteArrayOutputStream(HASH_LINE + rest.size());
        all.writeBytes((Sha256.of(rest.toByteArray()) + "\n").getBytes(StandardCharsets.US_ASCII));
        all.writeBytes(rest.toByteArray());
        return all.toByteArray();
    }

    /**
     * @param key of the object, for messages
     * @throws InvalidInputException if these are not the bytes of one whole checkpoint
     */
    static Checkpoint decode(byte[] bytes, String key) {
        byte[] rest = bytes.length < HASH_LINE ? new byte[0] : Arrays.copyOfRange(bytes, HASH_LINE, bytes.length);
        String expected = new String(bytes, 0, Math.min(bytes.length, HASH_LINE), StandardCharsets.US_ASCII);
        String found = Sha256.of(rest) + "\n";
        if (!found.equals(expected)) {
            throw new InvalidInputException(
                    key,
                    "is damaged: the SHA-256 of its content is %s, its first line says otherwise"
                            .formatted(found.strip()));
        }
        int end = 0;
        while (rest[end] != '\n') {
            end++;
        }
        return new Checkpoint(
                Json.read(Arrays.copyOf(rest, end), Cursor.class, key), Arrays.copyOfRange(rest, end + 1, rest.length));
    }
}
