package normlab.report.text;

import java.util.List;
import normlab.report.analysis.Reading;
import normlab.report.claim.Findings;

/**
 * What one network's results say.
 *
 * @param network blank if the campaign has only one
 */
public record NetworkReading(String network, String text) {
    public static List<NetworkReading> of(Findings findings) {
        boolean several = findings.decisive().size() > 1;
        return findings.decisive().stream()
                .map(analysis -> new NetworkReading(
                        several ? analysis.setting().network() : "",
                        String.join(" ", new Reading(analysis).sentences())))
                .toList();
    }
}
