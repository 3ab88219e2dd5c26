package normlab.report.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import normlab.experiment.Arm;
import normlab.report.analysis.Analysis;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.Findings;
import normlab.report.format.Numbers;

/** Texts in Markdown: the README's table and the description of a tracked run. */
public final class Markdown {
    /** MLflow truncates descriptions above 8,000 characters; the remainder is left for links. */
    public static final int LONGEST_SUMMARY = 7500;

    private Markdown() {}

    /** The main table of each network with its legend; ends with a line break. */
    public static String table(Findings findings) {
        StringBuilder text = new StringBuilder();
        for (Analysis analysis : findings.decisive()) {
            if (findings.analyses().size() > 1) {
                text.append("**%s**\n\n".formatted(escaped(analysis.setting().title())));
            }
            MainTable main = new MainTable(analysis);
            text.append(table(main.head(), main.rows())).append('\n');
        }
        CampaignResults campaign = findings.campaign();
        text.append("Test accuracy after the last epoch in percent, mean ± SD (seeds); differences paired by seed with")
                .append(" 95 % t-intervals; * survives Holm's correction over the activations. ")
                .append(Arm.DISCLAIMER)
                .append(" Experiment `%s`, campaign `%s`, %s.\n"
                        .formatted(
                                campaign.experiment().name(),
                                escaped(campaign.record().id()),
                                campaign.registration().kind().words()));
        return text.toString();
    }

    /** A table in Markdown; ends with a line break. */
    public static String table(List<String> head, List<List<String>> rows) {
        StringBuilder text = new StringBuilder(line(head));
        text.append(line(Collections.nCopies(head.size(), "---")));
        rows.forEach(row -> text.append(line(row)));
        return text.toString();
    }

    /** Three paragraphs: what was found, in what, and what not to conclude. The first is what a reader sees at a glance. */
    public static String summary(Findings findings) {
        CampaignResults campaign = findings.campaign();
        String what = "**What**: %s on %s (%s, %s), %s. %s %s"
                .formatted(
                        campaign.experiment().name(),
                        campaign.experiment().dataset().name(),
                        escaped(String.join(", ", campaign.experiment().networks())),
                        Numbers.count(campaign.experiment().recipe().epochs(), "epoch"),
                        Counts.of(campaign),
                        escaped(campaign.registration().sentence()),
                        Arm.DISCLAIMER);
        List<String> sentences = new ArrayList<>(List.of(escaped(ClaimLines.sentence(findings.verdicts()))));
        NetworkReading.of(findings).forEach(reading -> sentences.add(of(reading)));
        findings.precision().map(p -> escaped(p.sentence())).ifPresent(sentences::add);
        String found = "**Found**: " + String.join(" ", sentences);
        String limits = "**Limits**: last epoch, never the best one; few networks and one dataset; the head of the"
                + " network is a confounder, so no difference here can be attributed to placement alone.";
        int room = LONGEST_SUMMARY - what.length() - limits.length() - 8;
        return String.join("\n\n", cut(found, room), what, limits) + "\n";
    }

    /** One line, which begins with the network if there are several. */
    static String of(NetworkReading reading) {
        String network = reading.network().isEmpty() ? "" : "**%s**: ".formatted(escaped(reading.network()));
        return network + escaped(reading.text());
    }

    private static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }

    private static String line(List<String> cells) {
        return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** Escapes text so that names are not taken as markup. */
    static String escaped(String text) {
        return text.replaceAll("\\s+", " ")
                .replace("\\", "\\\\")
                .replaceAll("([|`])", "\\\\$1")
                .replace("](", "]\\(")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(" *", " \\*");
    }
}
