package normlab.report.claim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.experiment.Activation;
import normlab.registration.RegistrationStatus;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Precision;
import normlab.report.analysis.ReadingRow;
import normlab.report.campaign.CampaignResults;

/**
 * What a campaign found: tables by network and learning rate, and a verdict on each claim.
 *
 * @param analyses network by network; for a campaign with several learning rates, first the analysis at the best rates
 *     by validation, then one per rate
 * @param source the text that makes the claims
 */
public record Findings(CampaignResults campaign, List<Analysis> analyses, String source, List<ClaimVerdict> verdicts) {
    public Findings {
        analyses = List.copyOf(analyses);
        verdicts = List.copyOf(verdicts);
    }

    public static Findings of(CampaignResults campaign, ClaimSet claims) {
        List<Analysis> analyses = Analysis.of(campaign);
        List<Analysis> decisive = decisive(analyses);
        List<ClaimVerdict> verdicts = new Judge(decisive).judge(claims);
        boolean piece = campaign.registration().kind() == RegistrationStatus.Kind.PIECE;
        return new Findings(
                campaign,
                analyses,
                claims.source(),
                piece ? verdicts.stream().map(ClaimVerdict::ofPiece).toList() : verdicts);
    }

    /**
     * Verdicts on the claims about averages, pooled over the networks and datasets of several campaigns. No registration
     * covers several campaigns, so they are exploratory.
     *
     * @throws normlab.json.InvalidInputException if two campaigns have trained the same network on the same dataset
     */
    public static List<ClaimVerdict> averages(List<CampaignResults> campaigns, ClaimSet claims) {
        return Judge.averages(
                campaigns.stream()
                        .flatMap(c -> decisive(Analysis.of(c)).stream())
                        .toList(),
                claims);
    }

    /** One analysis per network: those that claims are judged by and that a summary shows. */
    public List<Analysis> decisive() {
        return decisive(analyses);
    }

    /** How close the campaign is to meeting its stopping rule, if it has one. */
    public Optional<Precision> precision() {
        return Precision.of(decisive());
    }

    /** The reading comparison of one network; the figures are those of the claims. */
    public List<ReadingRow> readings(Analysis analysis) {
        Map<Activation, Double> figures = new TreeMap<>();
        verdicts.forEach(v -> {
            if (v.claim().rule() instanceof Rule.AverageGain gain) {
                figures.putAll(gain.figures());
            }
        });
        return ReadingRow.of(analysis, figures);
    }

    /** The analysis that a summary begins with. */
    public Analysis first() {
        return analyses.getFirst();
    }

    /** The network as a prefix for the name of a cell: {@code plain-8, }; empty if the campaign has only one. */
    public String inFront(Analysis analysis) {
        return decisive().size() > 1 ? analysis.setting().network() + ", " : "";
    }

    /** The analyses of the same network at each peak rate; empty if the campaign has one rate. */
    public List<Analysis> rates(Analysis analysis) {
        return analysis.setting().tuned()
                ? analyses.stream()
                        .filter(a -> !a.setting().tuned()
                                && a.setting()
                                        .network()
                                        .equals(analysis.setting().network()))
                        .toList()
                : List.of();
    }

    private static List<Analysis> decisive(List<Analysis> analyses) {
        boolean tuned = analyses.stream().anyMatch(a -> a.setting().tuned());
        return analyses.stream().filter(a -> a.setting().tuned() == tuned).toList();
    }
}
