package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.ProbeAverage;
import normlab.report.analysis.ProbeAverageAtLoss;
import normlab.report.analysis.ProbedEffect;
import normlab.report.analysis.ProbedEffect.Scale;
import normlab.report.analysis.Quantity;
import normlab.report.claim.Findings;
import normlab.report.claim.Role;
import normlab.report.format.Numbers;
import normlab.report.stats.Interval;
import normlab.report.stats.PairedDifference;
import normlab.trial.ProbeRow;
import normlab.trial.ProbeRow.Eigenvalue;

/** Ratios of the probed effects between arms, and what probing cost. */
final class ProbeTables {
    private static final List<List<Role>> RATIOS =
            List.of(List.of(Role.BN, Role.NONE), List.of(Role.CBN, Role.NONE), List.of(Role.CBN, Role.BN));

    private final Findings findings;
    private final List<ProbeRow> rows;

    ProbeTables(Findings findings) {
        this.findings = findings;
        this.rows = findings.campaign().trials().stream()
                .flatMap(t -> t.probes().stream())
                .toList();
    }

    /** Geometric means over seeds of the ratios, averaged over training; no rows if nothing was probed. */
    TableView ratios() {
        return ratios("averaged over training", ProbeAverage::new);
    }

    /** The same at equal training losses; no rows if no level was probed. */
    TableView ratiosAtLoss() {
        return ratios("at equal training loss", ProbeAverageAtLoss::new);
    }

    private TableView ratios(String when, BiFunction<ProbedEffect, Scale, Quantity> average) {
        List<String> head = new ArrayList<>(List.of("Activation, effect"));
        RATIOS.forEach(r -> {
            String name = title(r.get(0)) + " / " + title(r.get(1));
            head.add(name + ", raw");
            head.add(name + ", scale-free");
        });
        List<List<CellView>> table = new ArrayList<>();
        if (!rows.isEmpty()) {
            for (Analysis analysis : findings.decisive()) {
                for (Activation activation : analysis.activations()) {
                    for (ProbedEffect effect : ProbedEffect.values()) {
                        row(analysis, activation, effect, average).ifPresent(table::add);
                    }
                }
            }
        }
        return new TableView("Ratios of the probed effects, " + when, head, table);
    }

    private Optional<List<CellView>> row(
            Analysis analysis,
            Activation activation,
            ProbedEffect effect,
            BiFunction<ProbedEffect, Scale, Quantity> average) {
        String cell = findings.inFront(analysis) + activation.title() + ", " + effect.title();
        List<CellView> row = new ArrayList<>(List.of(CellView.text(cell)));
        boolean any = false;
        for (List<Role> ratio : RATIOS) {
            for (Scale scale : Scale.values()) {
                Optional<PairedDifference> difference =
                        difference(analysis, activation, average.apply(effect, scale), ratio);
                any |= difference.isPresent();
                row.add(difference.map(ProbeTables::cell).orElse(CellView.number(Numbers.ABSENT)));
            }
        }
        return any ? Optional.of(row) : Optional.empty();
    }

    private static Optional<PairedDifference> difference(
            Analysis analysis, Activation activation, Quantity average, List<Role> ratio) {
        Optional<String> treatment = ratio.get(0).arm(analysis);
        Optional<String> baseline = ratio.get(1).arm(analysis);
        return treatment.isEmpty() || baseline.isEmpty()
                ? Optional.empty()
                : PairedDifference.bySeed(
                        analysis.cell(activation, treatment.get()).values(average),
                        analysis.cell(activation, baseline.get()).values(average));
    }

    private static CellView cell(PairedDifference difference) {
        boolean apart = difference.interval().filter(i -> !i.contains(0)).isPresent();
        String interval = difference.interval().map(ProbeTables::interval).orElse("no interval");
        return CellView.number("× " + Numbers.fixed(Math.exp(difference.mean()), 2))
                .withNote(interval + ", n = " + difference.n())
                .strongIf(apart);
    }

    private static String interval(Interval interval) {
        return "[%s, %s]"
                .formatted(Numbers.fixed(Math.exp(interval.low()), 2), Numbers.fixed(Math.exp(interval.high()), 2));
    }

    private String title(Role role) {
        return role.arm(findings.first()).map(findings.first()::title).orElse(role.title());
    }

    /** What probing cost and how many estimates of λmax converged; empty without probes. */
    String cost() {
        if (rows.isEmpty()) {
            return "";
        }
        double seconds = rows.stream().mapToDouble(ProbeRow::seconds).sum();
        double training = findings.campaign().trials().stream()
                .filter(t -> !t.probes().isEmpty())
                .flatMap(t -> t.result().stream())
                .mapToDouble(r -> r.training().seconds())
                .sum();
        List<Eigenvalue> eigenvalues = rows.stream()
                .flatMap(r -> r.curvature().stream())
                .flatMap(c -> Stream.of(c.raw(), c.scaleFree()))
                .toList();
        long converged = eigenvalues.stream().filter(Eigenvalue::converged).count();
        String curvature = eigenvalues.isEmpty()
                ? ""
                : " Of %s of λmax, %s converged; the others are left out."
                        .formatted(Numbers.count(eigenvalues.size(), "estimate"), Numbers.count(converged));
        return "%s took %s, %s %% of the training time of the probed trials.%s"
                .formatted(
                        Numbers.count(rows.size(), "probe"),
                        Numbers.duration(seconds),
                        Numbers.fixed(100 * seconds / Math.max(training, 1e-9), 0),
                        curvature);
    }
}
