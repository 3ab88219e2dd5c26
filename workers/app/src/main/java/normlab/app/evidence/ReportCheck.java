package normlab.app.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.CampaignContents;
import normlab.app.campaign.CampaignReport;
import normlab.campaign.CampaignArchive;
import normlab.report.claim.ClaimSet;

/** Writes the report of a bundle again, from its journals and results, and compares the bytes. */
record ReportCheck(Bundle bundle, CampaignContents contents, ClaimSet claims) {
    /** @param sameCode whether this version wrote the report: another may write other words */
    List<EvidenceCheck> all(boolean sameCode) {
        CampaignArchive archive =
                new CampaignArchive(bundle.store(), contents.record().id());
        if (!bundle.store().exists(archive.key("ending.json"))) {
            return List.of(EvidenceCheck.open("report", "the campaign had not ended when it was exported"));
        }
        List<String> equal = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> pictures = new ArrayList<>();
        new CampaignReport(bundle.store(), claims).again(contents).files().forEach((name, now) -> {
            String path = CampaignReport.FOLDER + name;
            Optional<byte[]> then = bundle.store().get(archive.key(path));
            if (then.isPresent() && Arrays.equals(then.get(), now)) {
                equal.add(path);
            } else {
                (isDrawn(path) ? pictures : numbers).add(path);
            }
        });
        return List.of(
                statistics(equal.stream().filter(path -> !isDrawn(path)).toList(), numbers, sameCode),
                figures(equal.stream().filter(ReportCheck::isDrawn).toList(), pictures, sameCode));
    }

    /** What depends on the fonts of a machine: figures, and the page that shows them. */
    private static boolean isDrawn(String path) {
        return path.contains("/figures/") || path.endsWith(".html");
    }

    private static EvidenceCheck statistics(List<String> equal, List<String> different, boolean sameCode) {
        String subject = "statistics and claims";
        if (different.isEmpty()) {
            return EvidenceCheck.right(
                    subject, "recomputed from the journals: %d files with the same bytes".formatted(equal.size()));
        }
        String which = String.join(", ", different);
        return sameCode
                ? EvidenceCheck.wrong(subject, "recomputed from the journals, these differ: " + which)
                : EvidenceCheck.open(subject, "another version of the code wrote them, and these differ: " + which);
    }

    private static EvidenceCheck figures(List<String> equal, List<String> different, boolean sameCode) {
        return different.isEmpty()
                ? EvidenceCheck.right(
                        "figures and page", "drawn again: %d files with the same bytes".formatted(equal.size()))
                : EvidenceCheck.open(
                        "figures and page",
                        "%d drawn again with the same bytes; not these, which depend on the fonts of a machine%s: %s"
                                .formatted(
                                        equal.size(),
                                        sameCode ? "" : " and on the version of the code, which is another",
                                        String.join(", ", different)));
    }
}
