package normlab.app.config;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Git's answers about a checkout. A repository around it is another project's, and what Git's variables name may be. */
public record Git(Path checkout) {
    /** Whether the history here has this commit. */
    public boolean knows(String commit) {
        return isCommit(commit) && ask("cat-file", "-e", commit + "^{commit}").isPresent();
    }

    /** A file as a commit has it; empty if the commit does not have it, or is not known here. */
    public Optional<byte[]> file(String commit, String path) {
        return isCommit(commit) ? ask("cat-file", "blob", commit + ":" + path) : Optional.empty();
    }

    /** A version comes from a bundle, and must not be taken for an option or another name. */
    private static boolean isCommit(String version) {
        return version.matches("[0-9a-f]{7,64}");
    }

    /** Empty if Git refuses, or is not there. */
    Optional<byte[]> ask(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", checkout.toString()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeAll(Set.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"));
            Path parent = checkout.toRealPath().getParent();
            if (parent != null) {
                builder.environment().put("GIT_CEILING_DIRECTORIES", parent.toString());
            }
            Process git = builder.start();
            byte[] answer = git.getInputStream().readAllBytes();
            return git.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
