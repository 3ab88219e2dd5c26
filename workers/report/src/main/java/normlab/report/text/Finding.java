package normlab.report.text;

import java.util.List;
import java.util.Optional;
import normlab.report.analysis.Cost;
import normlab.report.analysis.Limits;
import normlab.report.analysis.Reading;
import normlab.report.campaign.CampaignResults;
import normlab.report.claim.Findings;
import normlab.report.format.Numbers;
import normlab.trial.TrialResult;

/** The page that is kept with a result: what was found, how sure that is, what it must not be taken for, how to re-make it. */
public final class Finding {
    private Finding() {}

    /** In Markdown, to stand beside {@code figures/}; ends with a line break. */
    public static String page(Findings findings) {
        CampaignResults campaign = findings.campaign();
        String name = campaign.experiment().name();
        StringBuilder text = new StringBuilder("# %s, %s\n\n"
                .formatted(name, campaign.run().startedAt().toString().substring(0, 10)));
        text.append(Markdown.escaped(campaign.experiment().description())).append("\n\n");
        text.append(
                "Made by `make run EXPERIMENT=%s` (run `%s`, code `%s`): %s, %s on %s; kept by `make results RUN=%s`.\n"
                        .formatted(
                                name,
                                campaign.run().run(),
                                campaign.run().code(),
                                Counts.of(campaign),
                                Numbers.duration(Cost.of(campaign).wallSeconds()),
                                machine(campaign),
                                campaign.run().run()));
        text.append("`make rerun RUN=%s` trains all of it afresh and compares the bytes.\n"
                .formatted(campaign.run().run()));
        text.append("\n## What was found\n\n");
        text.append(Markdown.escaped(ClaimLines.sentence(findings.verdicts()))).append('\n');
        findings.decisive().forEach(analysis -> {
            String network =
                    findings.decisive().size() > 1 ? "**" + analysis.setting().network() + "**: " : "";
            text.append('\n')
                    .append(network)
                    .append(Markdown.escaped(String.join(" ", new Reading(analysis).sentences())))
                    .append('\n');
        });
        findings.precision()
                .ifPresent(p ->
                        text.append('\n').append(Markdown.escaped(p.sentence())).append('\n'));
        text.append('\n').append(Markdown.table(findings));
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
        text.append("\nThe tests behind each verdict, with trial keys: [claims.csv](claims.csv). ")
                .append("A verdict speaks of CBN-R, our reconstruction, in this setting.\n");
        text.append("\n## What not to conclude\n\n");
        Limits.of(campaign.experiment())
                .forEach(limit ->
                        text.append("- ").append(Markdown.escaped(limit)).append('\n'));
        String timeline = Attempts.sentence(campaign);
        if (!timeline.isEmpty()) {
            text.append("\n## Timeline\n\n").append(timeline).append(" Each attempt: attempts.csv.\n");
            String troubles = Attempts.troubles(campaign);
            text.append(troubles.isEmpty() ? "" : "\n" + troubles);
        }
        text.append("\n## Files\n\n")
                .append("`experiment.json` (as resolved), `trials.csv`, `comparisons.csv`, `claims.csv`, `curves.csv`")
                .append(" (and `probes.csv` where effects were probed), `results-table.md`, `tables.tex`,"
                        + " `figures/`.\n");
        return text.toString();
    }

    private static String machine(CampaignResults campaign) {
        Optional<TrialResult> any =
                campaign.trials().stream().flatMap(t -> t.result().stream()).findFirst();
        return any.map(r -> "%s, %s"
                        .formatted(
                                r.training().machine().processor(),
                                Numbers.count(r.training().machine().cores(), "core")))
                .orElse("a machine that left no result");
    }
}
