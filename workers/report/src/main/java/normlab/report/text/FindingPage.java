package normlab.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.experiment.Arm;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cost;
import normlab.report.analysis.EffectTable;
import normlab.report.analysis.Limits;
import normlab.report.analysis.Measure;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.Findings;
import normlab.report.format.Numbers;
import normlab.trial.TrialResult;

/**
 * The page that is kept with a result: what was found, how certain it is, what not to conclude from it, and how to
 * reproduce it.
 */
public final class FindingPage {
    private FindingPage() {}

    /** Markdown for the folder that holds {@code figures/}; ends with a line break. */
    public static String page(Findings findings) {
        CampaignResults campaign = findings.campaign();
        String name = campaign.experiment().name();
        StringBuilder text = new StringBuilder("# %s, %s\n\n"
                .formatted(name, campaign.record().startedAt().toString().substring(0, 10)));
        text.append(Markdown.escaped(campaign.experiment().description())).append("\n\n");
        text.append("Made by `%s` (campaign `%s`, code `%s`): %s, %s on %s; kept by `make results CAMPAIGN=%s`.\n"
                .formatted(
                        campaign.record().command(),
                        campaign.record().id(),
                        campaign.record().code(),
                        Counts.of(campaign),
                        Numbers.duration(Cost.of(campaign).wallSeconds()),
                        machine(campaign),
                        campaign.record().id()));
        text.append("`make rerun CAMPAIGN=%s` trains everything again and compares the bytes.\n"
                .formatted(campaign.record().id()));
        text.append('\n')
                .append(Markdown.escaped(campaign.registration().sentence()))
                .append('\n');
        text.append("\n## What was found\n\n");
        text.append(Markdown.escaped(ClaimLines.sentence(findings.verdicts()))).append('\n');
        NetworkReading.of(findings)
                .forEach(reading ->
                        text.append('\n').append(Markdown.of(reading)).append('\n'));
        findings.precision()
                .ifPresent(p ->
                        text.append('\n').append(Markdown.escaped(p.sentence())).append('\n'));
        text.append('\n').append(Markdown.table(findings));
        comparisons(findings).ifPresent(text::append);
        List<List<String>> readings = ReadingTable.rows(findings);
        if (!readings.isEmpty()) {
            text.append("\n## The readings of CBN\n\n")
                    .append(Markdown.table(ReadingTable.head(), readings))
                    .append('\n')
                    .append(Markdown.escaped(ReadingTable.LEGEND))
                    .append('\n');
        }
        text.append("\n## The abstract's claims\n\n");
        text.append(Markdown.table(
                List.of("Claim", "The abstract says", "Here", "Why"),
                findings.verdicts().stream()
                        .map(v -> List.of(
                                v.claim().id(),
                                v.claim().statement(),
                                v.standing().words(),
                                v.reason()))
                        .toList()));
        text.append("\n"
                        + "The tests behind each verdict, with trial keys, are in [claims.csv](claims.csv). A"
                        + " verdict holds for this setting only. ")
                .append(ClaimLines.tests(findings.verdicts()))
                .append(' ')
                .append(Arm.DISCLAIMER)
                .append('\n');
        text.append("\n## What not to conclude\n\n");
        Limits.of(campaign.experiment())
                .forEach(limit ->
                        text.append("- ").append(Markdown.escaped(limit)).append('\n'));
        String timeline = Attempts.sentence(campaign);
        if (!timeline.isEmpty()) {
            text.append("\n## Timeline\n\n").append(timeline).append(" Every attempt is in attempts.csv.\n");
            String troubles = Attempts.troubles(campaign);
            text.append(troubles.isEmpty() ? "" : "\n" + troubles);
        }
        text.append("\n## Files\n\n")
                .append("`experiment.json` (as resolved), `trials.csv`, `comparisons.csv`, `claims.csv`,"
                        + " `readings.csv`, `curves.csv`")
                .append(" (and `probes.csv` where effects were probed), `results-table.md`, `tables.tex`,"
                        + " `figures/`.\n");
        return text.toString();
    }

    /** Each comparison that the experiment names, with its note; the tables above do not always show them. */
    private static Optional<String> comparisons(Findings findings) {
        List<Analysis> analyses = findings.decisive().stream()
                .filter(a -> !a.comparisons().isEmpty())
                .toList();
        if (analyses.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("\n## What the experiment compares\n\n");
        text.append("Test accuracy in points, paired by seed, with 95 % t-intervals; * survives Holm's correction"
                        + " over the")
                .append(" activations of its row.\n");
        for (Analysis analysis : analyses) {
            if (analyses.size() > 1) {
                text.append("\n**%s**\n".formatted(analysis.setting().network()));
            }
            List<String> head = new ArrayList<>(List.of("Treatment − baseline"));
            analysis.activations().forEach(a -> head.add(a.title()));
            head.add("Note");
            List<List<String>> rows = analysis.comparisons().stream()
                    .flatMap(t -> rows(analysis, t).stream())
                    .toList();
            text.append('\n').append(Markdown.table(head, rows));
        }
        return Optional.of(text.toString());
    }

    /** One row, and another with precise statistics where the experiment has them. */
    private static List<List<String>> rows(Analysis analysis, EffectTable table) {
        List<List<String>> rows = new ArrayList<>(List.of(row(analysis, table, Measure.ACCURACY)));
        if (table.has(Measure.PRECISE_ACCURACY)) {
            rows.add(row(analysis, table, Measure.PRECISE_ACCURACY));
        }
        return rows;
    }

    private static List<String> row(Analysis analysis, EffectTable table, Measure measure) {
        List<String> row = new ArrayList<>();
        String how = measure == Measure.ACCURACY ? "" : ", precise statistics";
        row.add("%s − %s%s".formatted(analysis.title(table.treatment()), analysis.title(table.baseline()), how));
        table.of(measure).forEach(effect -> row.add(MainTable.effect(effect)));
        row.add(measure == Measure.ACCURACY ? table.note() : "");
        return row;
    }

    private static String machine(CampaignResults campaign) {
        Optional<TrialResult> any =
                campaign.trials().stream().flatMap(t -> t.result().stream()).findFirst();
        return any.map(r -> "%s, %s"
                        .formatted(
                                r.training().machine().processor(),
                                Numbers.count(r.training().machine().cores(), "core")))
                .orElse("an unknown machine, since no trial has a result");
    }
}
