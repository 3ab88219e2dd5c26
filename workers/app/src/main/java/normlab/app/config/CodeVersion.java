package normlab.app.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Which version of the code a campaign was started with. */
public final class CodeVersion {
    private static final String UNKNOWN = "unknown";
    private static final String DIRTY = "-dirty";

    private CodeVersion() {}

    /**
     * Short commit, with {@code -dirty} if the checkout has changes; {@code unknown} if the folder is not a checkout of
     * its own.
     */
    public static String of(Path home) {
        return new Git(home)
                .ask("describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
                .map(answer -> new String(answer, StandardCharsets.UTF_8).trim())
                .filter(version -> !version.isEmpty())
                .orElse(UNKNOWN);
    }

    /** Whether equal names of versions are the same code: changes that are not committed are not named. */
    public static boolean isExact(String version) {
        return !version.equals(UNKNOWN) && !version.endsWith(DIRTY);
    }
}
