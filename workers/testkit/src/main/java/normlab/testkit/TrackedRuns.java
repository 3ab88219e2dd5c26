package normlab.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import normlab.port.TrackedRun;
import normlab.port.TrackedRun.Attachment;
import normlab.port.TrackedRun.DatasetInput;
import normlab.port.TrackedRun.Identity;
import normlab.port.TrackedRun.MetricPoint;
import normlab.port.TrackedRun.Status;

/** Valid runs, as a campaign projects them. */
public final class TrackedRuns {
    /** When all of these runs started. */
    public static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static final List<String> CURVES = List.of(
            "train/loss",
            "train/accuracy",
            "validation/loss",
            "validation/accuracy",
            "time/seconds",
            "time/images_per_second",
            "recipe/learning_rate",
            "probe/gradient_norm");

    private TrackedRuns() {}

    /** A running campaign. */
    public static TrackedRun campaign(String experiment, String campaign) {
        return new TrackedRun(
                experiment,
                new Identity("normlab.run", campaign),
                Optional.empty(),
                "campaign " + campaign,
                "A campaign.\n\n| a | b |\n|---|---|\n| 1 | 2 |",
                Status.RUNNING,
                START,
                Optional.empty(),
                Map.of("experiment", experiment),
                Map.of("normlab.kind", "campaign"),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** A finished trial of {@code campaign}: four epochs of eight curves, a dataset, a file. */
    public static TrackedRun trial(TrackedRun campaign, int number) {
        return new TrackedRun(
                campaign.experiment(),
                new Identity("normlab.trial", "key-" + number),
                Optional.of(campaign.identity()),
                "sigmoid-cbn-s" + number,
                "Trial " + number + " of a test.",
                Status.FINISHED,
                START,
                Optional.of(START.plusSeconds(60)),
                Map.of("activation", "sigmoid", "arm", "cbn", "seed", String.valueOf(number)),
                Map.of("normlab.kind", "trial"),
                epochs(number, 4),
                List.of(new DatasetInput(
                        "fashion-mnist", "0123456789abcdef", "training", "s3://normlab/datasets/x", "{}")),
                List.of(Attachment.of("journal.csv", "epoch,loss\n1,0.5\n".getBytes(StandardCharsets.UTF_8))),
                List.of());
    }

    /** Eight curves, one point per epoch. */
    public static List<MetricPoint> epochs(int number, int epochs) {
        List<MetricPoint> points = new ArrayList<>();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (int curve = 0; curve < CURVES.size(); curve++) {
                double value = 1.0 / (epoch + curve + number + 1);
                points.add(new MetricPoint(CURVES.get(curve), value, epoch, START.plusSeconds(10L * epoch)));
            }
        }
        return points;
    }
}
