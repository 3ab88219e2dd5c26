package normlab.platform.server;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings that pip gets, as environment variables. Of the user's own only those that say where packages come from
 * are kept, such as a mirror, a proxy or a certificate; others could install them elsewhere than asked.
 */
final class PipSettings {
    private static final Set<String> SOURCE = Set.of(
            "index-url",
            "extra-index-url",
            "no-index",
            "find-links",
            "trusted-host",
            "cert",
            "client-cert",
            "proxy",
            "timeout",
            "retries",
            "keyring-provider");
    /** In rising precedence. */
    private static final String[] SECTIONS = {"global", "install", ":env:"};

    private static final Pattern LINE = Pattern.compile("(\\S+)\\.([a-z-]+)=['\"](.*)['\"]");

    private PipSettings() {}

    /** @param listed what {@code pip config list} says about the user's settings */
    static Map<String, String> of(String listed) {
        Map<String, String> environment = new TreeMap<>();
        for (String section : SECTIONS) {
            for (String line : listed.lines().toList()) {
                Matcher setting = LINE.matcher(line.strip());
                if (setting.matches() && setting.group(1).equals(section) && SOURCE.contains(setting.group(2))) {
                    // Several values are on lines of their own; in a variable they are separated by spaces.
                    environment.put(
                            "PIP_" + setting.group(2).toUpperCase(Locale.ROOT).replace('-', '_'),
                            setting.group(3).replace("\\n", " ").strip());
                }
            }
        }
        environment.put("PIP_CONFIG_FILE", "/dev/null");
        environment.put("PIP_NO_CACHE_DIR", "1");
        return environment;
    }
}
