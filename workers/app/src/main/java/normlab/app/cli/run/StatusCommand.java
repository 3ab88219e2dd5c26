package normlab.app.cli.run;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import normlab.app.cli.CampaignList;
import normlab.app.cli.CampaignSummary;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.cli.Session;
import normlab.app.cli.StoredResults;
import normlab.app.config.Home;
import normlab.app.config.Target;
import normlab.campaign.CampaignId;
import normlab.campaign.CampaignStatus;
import normlab.platform.conductor.CampaignState;
import normlab.platform.conductor.ConductorEngine;
import normlab.platform.conductor.ConductorServer;
import normlab.platform.process.ProcessException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Lists campaigns: those that run, then the others, newest first. */
@Command(
        name = "status",
        description = {
            "List the campaigns and their state: running campaigns first, then the newest.",
            "When the stack is down, the state is what the store knows."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./normlab status --all", "  ./normlab status --experiment quick --since 2026-11-20"})
public final class StatusCommand implements Callable<Integer> {
    private static final int MOST = 20;

    @Option(names = "--all", description = "List all campaigns. Default: the running ones and the 20 newest others.")
    private boolean all;

    @Option(names = "--experiment", paramLabel = "NAME", description = "List campaigns of this experiment only.")
    private Optional<String> experiment = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "DATE",
            converter = Date.class,
            description = "List campaigns started on or after this date, such as 2026-11-20.")
    private Optional<LocalDate> since = Optional.empty();

    @Mixin
    private Output output = new Output();

    /** Names what is wrong in words instead of Java's. */
    private static final class Date implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(String text) {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'%s' is not a date, expected one such as 2026-11-20".formatted(text));
            }
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        Home home = Home.current();
        Consumer<String> progress = output.progress()::say;
        Optional<Target> target = target(home, progress);
        // The embedded store's folder answers sooner than a client of its server starts.
        try (StoredResults stored = StoredResults.of(home)) {
            Map<String, CampaignState> states =
                    target.map(t -> states(t, progress)).orElse(Map.of());
            CampaignList list = stored.store()
                    .map(store -> CampaignList.of(
                            store, home, this::isWanted, states, all ? Integer.MAX_VALUE : MOST, output.err()::println))
                    .orElse(CampaignList.NONE);
            output.print(list.shown(), out -> {
                print(list.shown(), out);
                if (list.older() > 0) {
                    out.printf("%d older campaigns; list them: ./normlab status --all%n", list.older());
                }
                target.ifPresent(t -> out.println("MLflow:  " + t.mlflow().experimentsPage()));
            });
            return ExitCode.DONE;
        }
    }

    /** Empty where the embedded stack is down, or its state cannot be read. */
    private Optional<Target> target(Home home, Consumer<String> progress) throws InterruptedException {
        try {
            return Optional.of(Session.target(home, progress));
        } catch (ProcessException e) {
            output.err().println("This is what the store knows: " + e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What Conductor knows of running and recent campaigns, by id. Asking for every trial takes seconds; of a completed
     * campaign, the report has counted them.
     */
    private static Map<String, CampaignState> states(Target target, Consumer<String> progress) {
        try (ConductorEngine engine = new ConductorEngine(new ConductorServer(target.conductor()), progress)) {
            Map<String, CampaignState> states = new ConcurrentHashMap<>();
            Stream.concat(engine.running().stream(), engine.campaigns(MOST).stream())
                    .parallel()
                    .forEach(campaign -> states.computeIfAbsent(
                            campaign.id(),
                            id -> campaign.status() == CampaignStatus.COMPLETED
                                    ? engine.outline(campaign.workflowId())
                                    : engine.state(campaign.workflowId())));
            return states;
        }
    }

    private boolean isWanted(CampaignId campaign) {
        return experiment.filter(name -> !name.equals(campaign.experiment())).isEmpty()
                && since.filter(date -> campaign.startedAt()
                                .isBefore(date.atStartOfDay(ZoneId.systemDefault())
                                        .toInstant()))
                        .isEmpty();
    }

    private void print(List<CampaignSummary> campaigns, PrintWriter out) {
        if (campaigns.isEmpty()) {
            boolean filtered = experiment.isPresent() || since.isPresent();
            out.println(
                    filtered
                            ? "No such campaign; list all: ./normlab status --all"
                            : "No campaign yet; start one: ./normlab run quick");
        } else {
            out.printf("%-36s %-10s %7s %7s %7s %9s%n", "CAMPAIGN", "STATE", "TRIALS", "CACHED", "FAILED", "DIVERGED");
        }
        for (CampaignSummary c : campaigns) {
            String trials = c.trials().complete() + "/" + c.trials().total();
            out.printf(
                    "%-36s %-10s %7s %7d %7d %9d%n",
                    c.run(),
                    c.state(),
                    trials,
                    c.trials().cached(),
                    c.trials().failed(),
                    c.trials().diverged());
        }
    }
}
