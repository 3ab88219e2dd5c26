package normlab.report.claim;

import static normlab.json.Checks.check;

import java.util.List;

/**
 * The claims of one text.
 *
 * @param source the text that makes the claims
 */
public record ClaimSet(String source, List<Claim> claims) {
    public ClaimSet {
        List<String> ids = claims.stream().map(Claim::id).toList();
        check(ids.stream().distinct().count() == ids.size(), "claims %s names one twice", ids);
        claims = List.copyOf(claims);
    }

    /** In the order of the text. */
    public List<String> ids() {
        return claims.stream().map(Claim::id).toList();
    }
}
