package normlab.app.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import normlab.app.config.Home;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An experiment of workflows/experiments, or a part or a variation of one. */
public final class ExperimentOptions {
    @Parameters(
            paramLabel = "EXPERIMENT",
            description = "Name of the experiment, for example quick.",
            completionCandidates = Names.class)
    private String experiment = "";

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Replace a value of the experiment: --set recipe.learningRate=0.05. Can be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--only",
            paramLabel = "AXIS=VALUE,…",
            description = "Run only these values of activation, arm, network or seed: --only activation=sigmoid,tanh. "
                    + "Can be repeated; a trial must match all filters.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "N|LIST",
            description = "Seeds of every arm: a number (5 means 1 to 5) or a list such as 1,2,7.")
    private Optional<String> seeds = Optional.empty();

    @Option(
            names = "--force",
            description =
                    "Train all trials again, even if they are cached, and in a precision for which this device has no arithmetic.")
    private boolean force;

    /** @throws normlab.json.InvalidInputException naming all problems, with the nearest known names */
    public Experiment resolve(Home home) {
        ExperimentFilter selection =
                new ExperimentFilter(new ExperimentFiles(home.experiments()).load(experiment, settings));
        seeds.ifPresent(selection::seeds);
        only.forEach(selection::keep);
        return selection.experiment();
    }

    public boolean force() {
        return force;
    }

    /** What makes it another than the experiment of that name, as a shell takes it. */
    public Optional<String> options() {
        List<String> options = new ArrayList<>();
        settings.forEach(s -> options.add("--set " + quoted(s)));
        only.forEach(o -> options.add("--only " + quoted(o)));
        seeds.ifPresent(s -> options.add("--seeds " + quoted(s)));
        return options.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", options));
    }

    private static String quoted(String text) {
        return text.matches("[\\w.,:=/+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** What a shell completes where the name of an experiment is expected. */
    public static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return new ExperimentFiles(Home.current().experiments()).names().iterator();
        }
    }
}
