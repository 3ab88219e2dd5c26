package normlab.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import normlab.experiment.Activation;
import normlab.report.analysis.Analysis;
import normlab.report.analysis.Cell;
import normlab.report.analysis.Measure;
import normlab.report.analysis.Speed;
import normlab.report.format.Numbers;
import normlab.report.stats.TimeToLevel;

/** Training speed by cell. */
final class SpeedTables {
    private final Analysis analysis;

    SpeedTables(Analysis analysis) {
        this.analysis = analysis;
    }

    TableView speed() {
        List<String> head = new ArrayList<>(List.of("Activation, arm", "Log-loss AUC"));
        Speed.LEVELS.forEach(level -> head.add("Epochs to loss " + Numbers.plain(level)));
        head.add("Epochs to BN's final loss");
        List<List<CellView>> rows = new ArrayList<>();
        for (Activation activation : analysis.activations()) {
            OptionalDouble end = Speed.whereBnEnds(analysis, activation);
            for (String arm : analysis.arms()) {
                Cell cell = analysis.cell(activation, arm);
                List<CellView> row = new ArrayList<>();
                row.add(CellView.text(activation.title() + ", " + analysis.title(arm)));
                row.add(CellView.number(cell.sample(Measure.LOG_AUC)
                        .map(s -> Numbers.sample(s, Measure.LOG_AUC.digits()))
                        .orElse(Numbers.ABSENT)));
                Speed.LEVELS.forEach(level -> row.add(epochs(level, cell)));
                row.add(end.isPresent() ? epochs(end.getAsDouble(), cell) : CellView.number(Numbers.ABSENT));
                rows.add(row);
            }
        }
        return new TableView("Training speed by activation and arm", head, rows);
    }

    private static CellView epochs(double level, Cell cell) {
        return Speed.to(level, cell).map(SpeedTables::epochs).orElse(CellView.number(Numbers.ABSENT));
    }

    private static CellView epochs(TimeToLevel time) {
        String median = time.median().isPresent()
                ? Numbers.plain(time.median().getAsDouble())
                : time.reached() == 0 ? "not reached" : "after the end";
        return CellView.number(median).withNote("%d of %d reached it".formatted(time.reached(), time.runs()));
    }
}
