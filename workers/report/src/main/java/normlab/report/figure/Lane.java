package normlab.report.figure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.report.campaign.CampaignResults;
import normlab.report.campaign.TrialOutcome;
import normlab.task.TaskAttempt;
import normlab.trial.TrialResult;

/** What one process of a campaign did, piece by piece. */
record Lane(String name, List<Piece> pieces) {
    /** What it was doing. */
    enum Kind {
        TRAINING,
        EVALUATION,
        FAILED
    }

    /** A period of time that does not begin before the campaign. */
    record Piece(Kind kind, Instant from, Instant to) {}

    private record Work(String worker, Piece piece) {}

    Lane {
        pieces = pieces.stream().sorted(Comparator.comparing(Piece::from)).toList();
    }

    /** By name: the training slots, and the process that evaluates. */
    static List<Lane> of(CampaignResults campaign) {
        TreeMap<String, List<Piece>> byWorker = new TreeMap<>();
        List<Piece> unnamed = new ArrayList<>();
        campaign.trials().stream()
                .filter(trial -> !trial.planned().cached())
                .flatMap(trial -> work(trial, campaign).stream())
                .filter(work -> !work.piece.from.isBefore(campaign.startedAt()))
                .forEach(work -> {
                    if (work.worker.isEmpty()) {
                        unnamed.add(work.piece);
                    } else {
                        byWorker.computeIfAbsent(work.worker, w -> new ArrayList<>())
                                .add(work.piece);
                    }
                });
        List<Lane> lanes = new ArrayList<>();
        for (Map.Entry<String, List<Piece>> worker : byWorker.entrySet()) {
            lanes.add(new Lane(worker.getKey(), worker.getValue()));
        }
        lanes.addAll(packed(unnamed));
        return lanes;
    }

    /** Pieces of unknown processes, in as few lanes as they need without overlap. */
    private static List<Lane> packed(List<Piece> pieces) {
        List<List<Piece>> lanes = new ArrayList<>();
        pieces.stream()
                .sorted(Comparator.comparing(Piece::from))
                .forEach(piece -> lanes.stream()
                        .filter(lane -> !lane.getLast().to.isAfter(piece.from))
                        .findFirst()
                        .orElseGet(() -> {
                            lanes.add(new ArrayList<>());
                            return lanes.getLast();
                        })
                        .add(piece));
        List<Lane> named = new ArrayList<>();
        for (List<Piece> lane : lanes) {
            named.add(new Lane("process " + (named.size() + 1), lane));
        }
        return named;
    }

    /** From the attempts or, if these were not recorded, from what the result says about the successful one. */
    private static List<Work> work(TrialOutcome trial, CampaignResults campaign) {
        return trial.attempts().isEmpty()
                ? trial.result().map(Lane::work).orElse(List.of())
                : trial.attempts().stream()
                        .flatMap(attempt -> work(attempt, campaign.endedAt()).stream())
                        .toList();
    }

    private static List<Work> work(TrialResult result) {
        Instant trained = result.training().endedAt();
        return List.of(
                new Work("", new Piece(Kind.TRAINING, result.training().startedAt(), trained)),
                new Work("", new Piece(Kind.EVALUATION, trained, result.evaluatedAt())));
    }

    private static Optional<Work> work(TaskAttempt attempt, Instant now) {
        return attempt.startedAt()
                .map(from -> new Work(
                        attempt.worker().map(Lane::shortened).orElse(""),
                        new Piece(kind(attempt), from, attempt.endedAt().orElse(now))));
    }

    /** {@code slot-1} of {@code desk:4242:slot-1}; the process number changes with each restart of the slot. */
    private static String shortened(String worker) {
        String[] parts = worker.split(":");
        return parts.length < 3 ? worker : parts[0] + ", " + parts[parts.length - 1];
    }

    private static Kind kind(TaskAttempt attempt) {
        return switch (attempt.status()) {
            case FAILED, CANCELLED -> Kind.FAILED;
            case SCHEDULED, RUNNING, COMPLETED -> attempt.trains() ? Kind.TRAINING : Kind.EVALUATION;
        };
    }
}
