package normlab.app.cli.run;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import normlab.app.campaign.ClaimFile;
import normlab.app.cli.ExitCode;
import normlab.app.cli.ExperimentOptions;
import normlab.app.cli.Output;
import normlab.app.cli.Preflight;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.app.forecast.Forecast;
import normlab.app.forecast.Forecaster;
import normlab.app.progress.Durations;
import normlab.app.registration.RegistrationCheck;
import normlab.app.registration.Rules;
import normlab.campaign.CampaignPlan.PlannedTrial;
import normlab.experiment.ArmTrial;
import normlab.experiment.Experiment;
import normlab.json.InvalidInputException;
import normlab.platform.s3.StoreFolder;
import normlab.port.ArtifactStore;
import normlab.registration.RegistrationStatus;
import normlab.trial.TrialId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a campaign would do, before anything is started. */
@Command(
        name = "plan",
        description = "Show an experiment's trials: which are cached, how long the others take and what they need.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab plan quick",
            "  ./normlab plan quick --only activation=sigmoid,tanh --seeds 3",
            "  ./normlab plan quick --set recipe.epochs=8 --json"
        })
public final class PlanCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM yyyy, HH:mm");

    @Mixin
    private ExperimentOptions choice = new ExperimentOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Home home = Home.current();
        return show(forecast(home, choice.resolve(home), choice.force()), output);
    }

    /** @param fresh {@code --force} */
    static Forecast forecast(Home home, Experiment experiment, boolean fresh) {
        Preflight.names(home, experiment, fresh);
        try (StoredResults stored = StoredResults.of(home)) {
            Forecast forecast =
                    new Forecaster(home, stored.store(), stored.place(), Clock.systemUTC()).of(experiment, fresh);
            // Where nothing is stored yet, no trial is cached, and so nothing is read.
            ArtifactStore store = stored.store().orElseGet(() -> new StoreFolder(home.data()));
            return forecast.with(new RegistrationCheck(store, Rules.of(ClaimFile.read(home)))
                    .foreseen(home, experiment, cached(forecast, experiment)));
        }
    }

    private static List<PlannedTrial> cached(Forecast forecast, Experiment experiment) {
        Map<String, String> arms =
                experiment.trials().stream().collect(Collectors.toMap(ArmTrial::label, ArmTrial::arm));
        return forecast.trials().stream()
                .filter(row -> row.state() == Forecast.State.CACHED)
                .map(row -> new PlannedTrial(
                        TrialId.shared(row.key()), arms.getOrDefault(row.label(), ""), row.label(), true))
                .toList();
    }

    /** @throws InvalidInputException naming what this machine lacks */
    static void refuseUnlessItFits(Forecast forecast) {
        if (!forecast.problems().isEmpty()) {
            throw new InvalidInputException("experiment " + forecast.experiment(), forecast.problems());
        }
    }

    static int show(Forecast forecast, Output output) {
        output.print(forecast, out -> print(forecast, out));
        refuseUnlessItFits(forecast);
        return ExitCode.DONE;
    }

    private static void print(Forecast forecast, PrintWriter out) {
        int width = forecast.trials().stream()
                .mapToInt(t -> t.label().length())
                .max()
                .orElse(0);
        String row = "%-" + Math.max(width, 5) + "s  %-7s  %-8s  %10s  %s%n";
        out.printf(row, "TRIAL", "STATE", "KEY", "ABOUT", "FROM");
        for (Forecast.Row trial : forecast.trials()) {
            boolean cached = trial.state() == Forecast.State.CACHED;
            out.printf(
                    row,
                    trial.label(),
                    cached ? "cached" : "train",
                    trial.key().substring(0, 8),
                    trial.seconds().map(Durations::seconds).orElse(cached ? "" : "unknown"),
                    trial.basis());
        }
        out.printf(
                "%n%d trials, %d of them cached (%s)%n", forecast.trials().size(), forecast.cached(), forecast.cache());
        out.println(wouldBe(forecast.registration()));
        long toTrain = forecast.trials().size() - forecast.cached();
        if (toTrain > 0) {
            printTimes(forecast, out);
        } else {
            out.println("Nothing to train; the report takes seconds.");
        }
        forecast.needs()
                .forEach(n -> out.printf(
                        "Needs about %,d MiB of %s; there are %,d MiB%n", n.neededMiB(), n.what(), n.foundMiB()));
    }

    private static String wouldBe(RegistrationStatus status) {
        String name = status.registration().orElse("");
        return "The campaign would be "
                + switch (status.kind()) {
                    case REGISTERED -> "registered as " + name;
                    case PIECE -> "a registered piece of %s; verdicts come from the whole".formatted(name);
                    case EXPLORATORY -> "exploratory: " + String.join("; ", status.reasons());
                };
    }

    private static void printTimes(Forecast forecast, PrintWriter out) {
        out.printf(
                "About %s of training, %s on %s%s%n",
                Durations.seconds(forecast.hours() * 3600),
                Durations.seconds(forecast.wallHours() * 3600),
                forecast.slots() == 1 ? "one slot" : forecast.slots() + " slots side by side",
                forecast.unknown() == 0
                        ? ""
                        : "; %d trials of unknown duration not counted".formatted(forecast.unknown()));
        forecast.finish()
                .ifPresent(f -> out.printf(
                        "Started now, it would end at about %s%n", TIME.format(f.atZone(ZoneId.systemDefault()))));
    }
}
