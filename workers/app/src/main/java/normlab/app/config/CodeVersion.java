package normlab.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Which version of the code a campaign was started with. */
public final class CodeVersion {
    private static final String UNKNOWN = "unknown";
    private static final String DIRTY = "-dirty";

    private CodeVersion() {}

    /**
     * Short commit, with {@code -dirty} if the checkout has changes; {@code unknown} if the folder is not a checkout of
     * its own. A repository around it is another project's, and what Git's variables name may be.
     */
    public static String of(Path home) {
        List<String> command =
                List.of("git", "-C", home.toString(), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().keySet().removeAll(Set.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"));
            Path parent = home.toRealPath().getParent();
            if (parent != null) {
                builder.environment().put("GIT_CEILING_DIRECTORIES", parent.toString());
            }
            Process git = builder.start();
            String text = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
            return git.waitFor() == 0 && !text.isEmpty() ? text : UNKNOWN;
        } catch (IOException e) {
            return UNKNOWN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }

    /** Whether equal names of versions are the same code: changes that are not committed are not named. */
    public static boolean isExact(String version) {
        return !version.equals(UNKNOWN) && !version.endsWith(DIRTY);
    }
}
