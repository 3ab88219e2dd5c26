package normlab.report.kept;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import normlab.report.claim.ClaimSet;
import normlab.report.claim.ClaimVerdict;
import normlab.report.claim.Findings;
import normlab.report.text.Markdown;

/** The page that compares the verdicts of kept results with those of today's rules. */
public final class KeptVerdicts {
    private KeptVerdicts() {}

    /** @param folders of {@code workflows/results}, in the order of the page, each with {@code claims.csv} */
    public static String page(List<Path> folders, ClaimSet claims) {
        StringBuilder text = new StringBuilder("""
            # The kept verdicts under the rules of then and now

            Made by `make kept-verdicts` from the files of each folder, which stay as they are. The rules of then asked only
            whether a difference is shown; [today's](../../docs/science.md#claims) also say when a gain is shown to be
            smaller than matters, when a figure was out of reach, and when a baseline was dead. A verdict is about our
            reconstruction in one small setting. Where fewer than five pairs were trained, nothing is decided, then as now.
            """);
        for (Path folder : folders) {
            String name = String.valueOf(folder.getFileName());
            Findings findings = Findings.of(KeptCampaign.read(folder, name), claims);
            text.append("\n## [%s](%s/README.md)\n\n".formatted(name, name));
            text.append(Markdown.table(List.of("Claim", "Then", "Why", "Now", "Why"), rows(folder, findings)));
        }
        return text.toString();
    }

    private static List<List<String>> rows(Path folder, Findings findings) {
        Map<String, Map<String, String>> then = new LinkedHashMap<>();
        KeptCampaign.rows(folder, "claims.csv").forEach(row -> then.putIfAbsent(KeptCampaign.field(row, "claim"), row));
        List<List<String>> rows = new ArrayList<>();
        for (ClaimVerdict now : findings.verdicts()) {
            Map<String, String> old = then.get(now.claim().id());
            if (old != null) {
                rows.add(List.of(
                        now.claim().id(),
                        KeptCampaign.field(old, "verdict"),
                        KeptCampaign.field(old, "reason"),
                        now.standing().words(),
                        now.reason()));
            }
        }
        return rows;
    }
}
