package normlab.campaign;

import static normlab.json.Checks.check;

import java.time.Instant;

/**
 * How a campaign ended without a report. It is deleted when the campaign continues.
 *
 * @param kind cancelled by a person, or failed
 * @param shown whether the tracking server has been told
 */
public record Abort(CampaignStatus kind, Instant at, String reason, boolean shown) {
    public Abort {
        check(
                kind == CampaignStatus.CANCELLED || kind == CampaignStatus.FAILED,
                "kind is %s, expected CANCELLED or FAILED",
                kind);
    }

    public Abort asShown() {
        return new Abort(kind, at, reason, true);
    }
}
