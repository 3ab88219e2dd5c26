package normlab.report.figure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.task.TaskAttempt;
import normlab.trial.TrialResult;

/** What happened to one trial, piece by piece. */
record TimelineRow(List<Piece> pieces) {
    /** What is happening to a trial. */
    enum Kind {
        QUEUED,
        TRAINING,
        EVALUATION,
        FAILED
    }

    /** A period of time that does not begin before the campaign. */
    record Piece(Kind kind, Instant from, Instant to) {}

    TimelineRow {
        pieces = List.copyOf(pieces);
    }

    /** The trials that this campaign worked on, in the order in which they started. */
    static List<TimelineRow> of(CampaignResults campaign) {
        return campaign.trials().stream()
                .filter(trial -> !trial.planned().cached())
                .map(trial -> new TimelineRow(pieces(trial, campaign)))
                .filter(row -> !row.pieces.isEmpty())
                .sorted(Comparator.comparing(TimelineRow::begun))
                .toList();
    }

    private Instant begun() {
        return pieces.stream()
                .filter(piece -> piece.kind != Kind.QUEUED)
                .findFirst()
                .map(Piece::from)
                .orElse(Instant.MAX);
    }

    /** Built from the attempts or, if these were not recorded, from what the result says about the successful one. */
    private static List<Piece> pieces(TrialOutcome trial, CampaignResults campaign) {
        List<Piece> pieces = trial.attempts().isEmpty()
                ? trial.result().map(TimelineRow::pieces).orElse(List.of())
                : trial.attempts().stream()
                        .flatMap(attempt -> pieces(attempt, campaign.endedAt()).stream())
                        .toList();
        return pieces.stream()
                .filter(piece -> !piece.from.isBefore(campaign.startedAt()))
                .toList();
    }

    private static List<Piece> pieces(TrialResult result) {
        Instant trained = result.training().endedAt();
        return List.of(
                new Piece(Kind.TRAINING, result.training().startedAt(), trained),
                new Piece(Kind.EVALUATION, trained, result.evaluatedAt()));
    }

    private static List<Piece> pieces(TaskAttempt attempt, Instant now) {
        List<Piece> pieces = new ArrayList<>();
        Optional<Instant> started = attempt.startedAt();
        Instant ended = attempt.endedAt().orElse(now);
        attempt.queuedAt().ifPresent(queued -> pieces.add(new Piece(Kind.QUEUED, queued, started.orElse(ended))));
        started.ifPresent(from -> pieces.add(new Piece(kind(attempt), from, ended)));
        return pieces;
    }

    private static Kind kind(TaskAttempt attempt) {
        return switch (attempt.status()) {
            case FAILED, CANCELLED -> Kind.FAILED;
            case SCHEDULED, RUNNING, COMPLETED -> attempt.trains() ? Kind.TRAINING : Kind.EVALUATION;
        };
    }
}
