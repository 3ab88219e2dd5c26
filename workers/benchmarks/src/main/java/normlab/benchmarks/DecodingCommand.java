package normlab.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import normlab.app.cli.ExitCode;
import normlab.json.Json;
import normlab.provenance.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast JPEG files become the images of ILSVRC2012, by one thread and by all cores. */
@Command(name = "decoding", description = "Measure how fast JPEG files are decoded, cropped and scaled for ILSVRC2012.")
final class DecodingCommand implements Callable<Integer> {
    @Option(names = "--rounds", paramLabel = "N", description = "Rounds over 16 images. Default: ${DEFAULT-VALUE}.")
    private int rounds = 20;

    @Option(names = "--json", description = "Print the results as a JSON array.")
    private boolean json;

    @Option(
            names = "--images",
            paramLabel = "FOLDER",
            description = "Decode the images of this folder for infra/parity/images.py instead of measuring.")
    private Optional<Path> images = Optional.empty();

    @Option(names = "--export", paramLabel = "FILE", description = "File for them. Default: ${DEFAULT-VALUE}.")
    private Path export = Path.of("target/images.bin");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (images.isPresent()) {
            Files.createDirectories(export.toAbsolutePath().getParent());
            out.printf("%d images decoded into %s%n", DecodedImages.write(images.get(), export), export);
            return ExitCode.DONE;
        }
        int cores = Machine.current().cores();
        List<DecoderBenchmark.Result> results = new ArrayList<>();
        for (int threads : cores > 1 ? List.of(1, cores) : List.of(1)) {
            DecoderBenchmark.Result result = DecoderBenchmark.run(threads, rounds);
            results.add(result);
            if (!json) {
                out.printf(
                        "%d thread(s): %.0f images/s, %.0f per thread (generated, 500x375 pixels, %.0f KiB a JPEG)%n",
                        threads, result.imagesPerSecond(), result.imagesPerSecondAndThread(), result.kibibytes());
            }
        }
        if (json) {
            out.println(Json.tree(results));
        }
        return ExitCode.DONE;
    }
}
