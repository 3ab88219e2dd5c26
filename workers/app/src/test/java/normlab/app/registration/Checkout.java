package normlab.app.registration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import normlab.app.campaign.ClaimFile;
import normlab.app.config.Git;
import normlab.app.config.Home;
import normlab.app.registration.Registrations.Registered;
import normlab.experiment.Experiment;
import normlab.platform.config.ExperimentFiles;

/** A checkout of its own, with the experiment {@code asked}: smoke with a protocol. */
public record Checkout(Path root) {
    private static final String PROTOCOL = """
            extends: smoke
            protocol:
              question: Does the place of normalization matter?
              hypotheses: [It does not.]
              primaryMeasure: Test accuracy after the last epoch, CBN-R − BN.
              ratesChosenBy: The rate of smoke.
              changesOurMind: An interval that excludes zero.
              pilotSeeds: [901]
            """;

    public static Checkout in(Path root) throws IOException {
        Path own = Path.of(System.getProperty("normlab.home"));
        for (String file : List.of(
                "experiments/base.yaml", "experiments/arms.yaml", "experiments/smoke.yaml", "claims/abstract.yaml")) {
            Path copy = root.resolve("workflows").resolve(file);
            Files.createDirectories(copy.resolveSibling("."));
            Files.copy(own.resolve("workflows").resolve(file), copy);
        }
        Files.createSymbolicLink(root.resolve("datasets"), own.resolve("datasets"));
        Checkout checkout = new Checkout(root);
        checkout.write("workflows/experiments/asked.yaml", PROTOCOL);
        checkout.git("init", "--quiet");
        checkout.commit();
        return checkout;
    }

    public Home home() {
        return new Home(root, root.resolve(".normlab"));
    }

    public Git history() {
        return new Git(root);
    }

    public Experiment asked(String... settings) {
        return new ExperimentFiles(home().experiments()).load("asked", List.of(settings));
    }

    public Registered register(java.time.Instant at) {
        return new Registrations(root).write(asked(), ClaimFile.read(home()), Optional.empty(), at);
    }

    public void write(String file, String text) {
        try {
            Files.writeString(root.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the commit */
    public String commit() {
        git("add", "--all");
        git("-c", "user.name=t", "-c", "user.email=t@t.example", "commit", "--quiet", "--allow-empty", "-m", "x");
        return git("rev-parse", "--short=12", "HEAD").trim();
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (git.waitFor() != 0) {
                throw new IllegalStateException("%s: %s".formatted(command, answer));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
