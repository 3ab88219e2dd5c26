package normlab.app.registration;

import normlab.json.Json;
import normlab.provenance.Sha256;
import normlab.report.JudgingCode;
import normlab.report.claim.ClaimSet;

/**
 * By what claims are judged, as hashes.
 *
 * @param claims SHA-256 of the claims with their rules and thresholds
 * @param judging SHA-256 of the code that applies them
 */
public record Rules(String claims, String judging) {
    /** Those of this version of the code. */
    public static Rules of(ClaimSet claims) {
        return new Rules(Sha256.of(Json.bytes(claims)), JudgingCode.digest());
    }

    /** Of both together. */
    public String sha256() {
        return Sha256.of(Json.bytes(this));
    }
}
