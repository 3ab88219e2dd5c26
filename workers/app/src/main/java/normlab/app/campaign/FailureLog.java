package normlab.app.campaign;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import normlab.campaign.CampaignArchive;
import normlab.port.ArtifactStore;
import normlab.trial.TrialId;

/**
 * The end of the log of the last attempt of a trial that failed, kept with the campaign: {@code runs/<run>/failures/
 * <trial>.log}.
 */
public record FailureLog(ArtifactStore store, String campaign, TrialId trial) {
    private static final int MOST_BYTES = 32_768;

    public String key() {
        return new CampaignArchive(store, campaign).key("failures/" + trial.key() + ".log");
    }

    /** Keeps the end of a text. */
    public void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        store.put(key(), Arrays.copyOfRange(bytes, Math.max(0, bytes.length - MOST_BYTES), bytes.length));
    }

    public Optional<byte[]> read() {
        return store.get(key());
    }

    /** A reason, with the place of the log where there is one. */
    public String with(String reason) {
        return store.exists(key()) ? reason + "; the end of its log: " + key() : reason;
    }
}
