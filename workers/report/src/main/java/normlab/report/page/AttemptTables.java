package normlab.report.page;

import java.util.List;
import java.util.function.Predicate;
import normlab.report.campaign.CampaignResults;
import normlab.report.text.Attempts;
import normlab.task.TaskAttempt;
import normlab.task.TaskStatus;

/** When the trials of a campaign waited and ran, and why any was retried. */
final class AttemptTables {
    private final CampaignResults campaign;

    AttemptTables(CampaignResults campaign) {
        this.campaign = campaign;
    }

    TableView all() {
        return table("Every attempt", attempt -> true);
    }

    /** The attempts that failed or were cancelled, and those that followed them. */
    TableView notable() {
        return table("Attempts that failed, and those that followed them", TaskAttempt::troubled);
    }

    private TableView table(String caption, Predicate<TaskAttempt> shown) {
        return new TableView(
                caption,
                Attempts.HEAD,
                campaign.trials().stream()
                        .flatMap(trial -> trial.attempts().stream()
                                .filter(shown)
                                .map(attempt -> row(trial.planned().label(), attempt)))
                        .toList());
    }

    private List<CellView> row(String label, TaskAttempt attempt) {
        List<String> words = Attempts.row(campaign, label, attempt);
        CellView ended = CellView.text(words.get(6));
        return List.of(
                CellView.text(words.get(0)),
                CellView.text(words.get(1)),
                CellView.number(words.get(2)),
                CellView.number(words.get(3)),
                CellView.number(words.get(4)),
                CellView.number(words.get(5)),
                attempt.status() == TaskStatus.FAILED ? ended.warn() : ended,
                CellView.mono(words.get(7)),
                CellView.text(words.get(8)));
    }
}
