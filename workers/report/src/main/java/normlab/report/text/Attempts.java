package normlab.report.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.report.format.Numbers;
import normlab.report.stats.Sample;
import normlab.task.TaskAttempt;

/** The timeline of a campaign as text and as table rows. */
public final class Attempts {
    /** The head of a table of {@link #row}s. */
    public static final List<String> HEAD =
            List.of("Trial", "Task", "Attempt", "Queued after", "Waited", "Worked", "Outcome", "Worker", "Reason");

    private Attempts() {}

    /** How many attempts there were, how long they waited and ran, and how many trials were retried; empty if unknown. */
    public static String sentence(CampaignResults campaign) {
        List<TaskAttempt> all = campaign.trials().stream()
                .flatMap(trial -> trial.attempts().stream())
                .toList();
        if (all.isEmpty()) {
            return "";
        }
        long trials =
                campaign.trials().stream().filter(t -> !t.attempts().isEmpty()).count();
        long again = campaign.trials().stream()
                .filter(t -> t.attempts().stream().anyMatch(a -> a.attempt() > 1))
                .count();
        return "%s in %s. Training waited %s for a process on average and took %s; evaluation waited %s and took %s. %s."
                .formatted(
                        Numbers.count(all.size(), "attempt"),
                        Numbers.count(trials, "trial"),
                        mean(all, true, true),
                        mean(all, true, false),
                        mean(all, false, true),
                        mean(all, false, false),
                        again == 0
                                ? "None was retried"
                                : Numbers.count(again, "trial") + (again == 1 ? " was" : " were") + " retried");
    }

    private static String mean(List<TaskAttempt> attempts, boolean training, boolean waiting) {
        List<Double> seconds = attempts.stream()
                .filter(a -> a.trains() == training)
                .map(a -> waiting ? a.waitedSeconds() : a.workedSeconds())
                .filter(Double::isFinite)
                .toList();
        return seconds.isEmpty()
                ? Numbers.ABSENT
                : Numbers.duration(Sample.of(seconds).mean());
    }

    /** The attempts that did not go as planned, as a Markdown table; empty if there are none. */
    static String troubles(CampaignResults campaign) {
        List<List<String>> rows = new ArrayList<>();
        for (TrialOutcome trial : campaign.trials()) {
            trial.attempts().stream()
                    .filter(TaskAttempt::troubled)
                    .map(a -> row(campaign, trial.planned().label(), a))
                    .forEach(rows::add);
        }
        return rows.isEmpty() ? "" : Markdown.table(HEAD, rows);
    }

    /** One attempt in the columns of {@link #HEAD}. */
    public static List<String> row(CampaignResults campaign, String label, TaskAttempt attempt) {
        return List.of(
                label,
                attempt.name(),
                String.valueOf(attempt.attempt()),
                attempt.queuedAt().map(at -> since(campaign.startedAt(), at)).orElse(Numbers.ABSENT),
                Numbers.duration(attempt.waitedSeconds()),
                Numbers.duration(attempt.workedSeconds()),
                outcome(attempt),
                attempt.worker().orElse("none"),
                attempt.reason().orElse(""));
    }

    private static String outcome(TaskAttempt attempt) {
        return attempt.status().ended() ? attempt.status().name().toLowerCase(Locale.ROOT) : "open";
    }

    private static String since(Instant start, Instant at) {
        return Numbers.duration(Duration.between(start, at).toMillis() / 1e3);
    }

    /** One row per attempt. */
    static byte[] csv(CampaignResults campaign) {
        Csv csv = new Csv(
                "label",
                "task",
                "attempt",
                "outcome",
                "worker",
                "queued_at",
                "started_at",
                "ended_at",
                "waited_seconds",
                "worked_seconds",
                "reason");
        for (TrialOutcome trial : campaign.trials()) {
            for (TaskAttempt attempt : trial.attempts()) {
                csv.row(
                        trial.planned().label(),
                        attempt.name(),
                        attempt.attempt(),
                        outcome(attempt),
                        attempt.worker(),
                        attempt.queuedAt(),
                        attempt.startedAt(),
                        attempt.endedAt(),
                        attempt.waitedSeconds(),
                        attempt.workedSeconds(),
                        attempt.reason());
            }
        }
        return csv.bytes();
    }
}
