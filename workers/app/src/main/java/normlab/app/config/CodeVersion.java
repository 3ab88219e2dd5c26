package normlab.app.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Which version of the code a campaign was started with. */
public final class CodeVersion {
    private static final String UNKNOWN = "unknown";
    private static final String DIRTY = "-dirty";

    private CodeVersion() {}

    /** Short commit, with {@code -dirty} where the checkout has changes; {@code unknown} outside a checkout. */
    public static String of(Path home) {
        List<String> command =
                List.of("git", "-C", home.toString(), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*");
        try {
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
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
