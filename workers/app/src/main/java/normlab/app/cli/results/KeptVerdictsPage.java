package normlab.app.cli.results;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.Home;
import normlab.report.kept.KeptVerdicts;

/** Prints {@code workflows/results/verdicts.md}; {@code make kept-verdicts} runs it. */
public final class KeptVerdictsPage {
    private KeptVerdictsPage() {}

    /** @param arguments none */
    public static void main(String[] arguments) throws IOException {
        Home home = Home.current();
        List<Path> folders;
        try (Stream<Path> all = Files.list(home.workflows().resolve("results"))) {
            folders = all.filter(f -> Files.exists(f.resolve("claims.csv")))
                    .sorted()
                    .toList();
        }
        System.out.write(KeptVerdicts.page(folders, ClaimFile.read(home)).getBytes(StandardCharsets.UTF_8));
        System.out.flush();
    }
}
