package normlab.trial;

import java.nio.ByteBuffer;
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
public record Checkpoint(Cursor cursor, ByteBuffer tensors) {
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

    /** The pieces of the stored object; the tensors are not copied. */
    ByteBuffer[] encode() {
        byte[] json = Json.bytes(cursor);
        ByteBuffer line = ByteBuffer.wrap(Arrays.copyOf(json, json.length + 1));
        line.put(json.length, (byte) '\n');
        byte[] hash = (Sha256.of(line, tensors) + "\n").getBytes(StandardCharsets.US_ASCII);
        return new ByteBuffer[] {ByteBuffer.wrap(hash), line, tensors};
    }

    /**
     * @param key of the object, for messages
     * @throws InvalidInputException if these are not the bytes of one whole checkpoint
     */
    static Checkpoint decode(ByteBuffer bytes, String key) {
        ByteBuffer rest = bytes.slice();
        byte[] expected = new byte[Math.min(rest.remaining(), HASH_LINE)];
        rest.get(expected);
        String found = Sha256.of(rest) + "\n";
        if (!found.equals(new String(expected, StandardCharsets.US_ASCII))) {
            throw new InvalidInputException(
                    key,
                    "is damaged: the SHA-256 of its content is %s, its first line says otherwise"
                            .formatted(found.strip()));
        }
        int end = rest.position();
        while (rest.get(end) != '\n') {
            end++;
        }
        byte[] json = new byte[end - rest.position()];
        rest.get(json).get();
        return new Checkpoint(Json.read(json, Cursor.class, key), rest.slice());
    }
}
