package normlab.app.cli.experiments;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import normlab.app.cli.ExitCode;
import normlab.app.cli.Output;
import normlab.app.config.Home;
import normlab.dataset.DatasetCatalog;
import normlab.dataset.DatasetManifest;
import normlab.experiment.Activation;
import normlab.experiment.Arm;
import normlab.experiment.Head;
import normlab.experiment.Normalization;
import normlab.json.InvalidInputException;
import normlab.learning.data.Geometry;
import normlab.learning.network.Design;
import normlab.learning.network.NetworkDefinition;
import normlab.learning.network.NetworkSummary;
import normlab.platform.config.ArmCatalogue;
import normlab.platform.config.ArmCatalogue.Method;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints a network as a table of its operations; nothing is built, and no data needed. */
@Command(
        name = "describe",
        description = "Show a network's operations, shapes, parameters and multiply-adds, or list all networks.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./normlab describe resnet-20 --normalization cbn --activation sigmoid",
            "  ./normlab describe resnet-50-imagenet --dataset ilsvrc2012"
        })
public final class DescribeCommand implements Callable<Integer> {
    private static final Pattern INPUT = Pattern.compile("(\\d{1,4})x(\\d{1,4})x(\\d{1,4})");

    @Parameters(paramLabel = "NETWORK", arity = "0..1", description = "Name of a network. Default: all networks.")
    private Optional<String> network = Optional.empty();

    @Option(
            names = "--normalization",
            paramLabel = "NAME",
            description =
                    "An arm of workflows/experiments/arms.yaml, such as none, bn, cbn or white. Default: ${DEFAULT-VALUE}.")
    private String normalization = "bn";

    @Option(
            names = "--group-size",
            paramLabel = "N",
            description =
                    "Number of channels whitened together; 0 means all channels of a layer. Default: ${DEFAULT-VALUE}.")
    private int groupSize;

    @Option(names = "--activation", paramLabel = "NAME", description = "Activation of the network. Default: relu.")
    private Activation activation = Activation.RELU;

    @Option(
            names = "--head",
            paramLabel = "NAME",
            description = "Normalization of the head: off, pre-gap or post-gap. Default: that of the arm.")
    private Optional<String> head = Optional.empty();

    @Option(
            names = "--input",
            paramLabel = "CxHxW",
            description =
                    "Size of the images as CHANNELSxHEIGHTxWIDTH. Default: the size that the network is made for.")
    private Optional<String> input = Optional.empty();

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "Take the image size and the classes from this dataset's manifest.")
    private Optional<String> dataset = Optional.empty();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Method named = ArmCatalogue.in(Home.current().experiments())
                .method(normalization)
                .withGroupSize(groupSize);
        Method arm = named.withHead(head.map(DescribeCommand::head).orElse(named.head()));
        if (network.isPresent()) {
            NetworkSummary summary = summary(network.get(), arm);
            output.print(summary, out -> print(summary, arm, out));
        } else {
            List<NetworkSummary> all =
                    NetworkDefinition.names().stream().map(n -> summary(n, arm)).toList();
            output.print(all, out -> print(all, out));
        }
        return ExitCode.DONE;
    }

    private static Head head(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "off" -> Head.OFF;
            case "pre-gap" -> Head.PRE_GAP;
            case "post-gap" -> Head.POST_GAP;
            default ->
                throw new InvalidInputException(
                        "--head", "'%s' is unknown; expected off, pre-gap or post-gap".formatted(word));
        };
    }

    private NetworkSummary summary(String name, Method arm) {
        Design design =
                new Design(arm.normalization(), activation, arm.head(), arm.headNormaliser(), arm.centredActivation());
        return NetworkSummary.of(name, design, images(name));
    }

    private Geometry images(String name) {
        if (dataset.isPresent()) {
            DatasetManifest manifest = new DatasetCatalog(Home.current().datasets()).load(dataset.get());
            return new Geometry(
                    manifest.height(),
                    manifest.width(),
                    manifest.channels(),
                    manifest.classes().size());
        }
        Geometry usual = Geometry.of(name);
        if (input.isEmpty()) {
            return usual;
        }
        Matcher matcher = INPUT.matcher(input.get());
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "--input",
                    "'%s' is not an image shape; expected channels, height and width such as 3x32x32"
                            .formatted(input.get()));
        }
        return new Geometry(
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(1)),
                usual.classes());
    }

    private void print(NetworkSummary summary, Method arm, PrintWriter out) {
        out.printf(
                "%s, normalization %s, %s, head %s, images %s%n",
                summary.network(),
                arm.arm(),
                activation.title(),
                arm.head().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                shape(summary.input()));
        Normalization described = arm.normalization();
        if (described.reconstructed()) {
            out.println(Arm.DISCLAIMER);
        }
        out.println();
        row(out, "NAME", "OPERATION", "OUTPUT", "PARAMETERS", "MULTIPLY-ADDS");
        for (NetworkSummary.Row each : summary.rows()) {
            row(
                    out,
                    each.name(),
                    each.operation(),
                    shape(each.output()),
                    count(each.parameters()),
                    count(each.multiplyAdds()));
        }
        row(out, "total", "", "", "%,d".formatted(summary.parameters()), "%,d".formatted(summary.multiplyAdds()));
    }

    private static void print(List<NetworkSummary> all, PrintWriter out) {
        out.printf("%-24s %-12s %14s %16s%n", "NETWORK", "IMAGES", "PARAMETERS", "MULTIPLY-ADDS");
        all.forEach(s -> out.printf(
                "%-24s %-12s %,14d %,16d%n", s.network(), shape(s.input()), s.parameters(), s.multiplyAdds()));
    }

    private static void row(
            PrintWriter out, String name, String operation, String shape, String parameters, String multiplyAdds) {
        out.printf("%-26s %-30s %14s %12s %16s%n", name, operation, shape, parameters, multiplyAdds);
    }

    private static String count(long value) {
        return value == 0 ? "" : "%,d".formatted(value);
    }

    private static String shape(List<Long> dimensions) {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining("×"));
    }
}
