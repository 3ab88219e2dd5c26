package normlab.report.page;

import java.util.List;
import normlab.report.analysis.Analysis;
import normlab.report.claim.Findings;

/** The results network by network. */
final class SettingViews {
    private static final TableView NOTHING = new TableView("", List.of(), List.of());

    private SettingViews() {}

    static List<SettingView> of(Findings findings) {
        boolean several = findings.analyses().size() > 1;
        return findings.decisive().stream()
                .map(analysis -> view(findings, analysis, several))
                .toList();
    }

    private static SettingView view(Findings findings, Analysis analysis, boolean several) {
        ResultTables results = new ResultTables(analysis);
        AblationTables ablation = new AblationTables(analysis);
        PooledTables pooled = new PooledTables(analysis);
        List<Analysis> rates = findings.rates(analysis);
        RateTables byRate = new RateTables(analysis, rates);
        return new SettingView(
                several ? analysis.setting().title() : "",
                ablation.needed() ? NOTHING : results.accuracy(),
                ablation.ablation(),
                results.comparisons(),
                ablation.needed() ? NOTHING : results.control(),
                pooled.pooled(),
                new SpeedTables(analysis).speed(),
                pooled.selection(),
                rates.isEmpty() ? NOTHING : byRate.accuracy(),
                rates.isEmpty() ? NOTHING : byRate.effects());
    }
}
