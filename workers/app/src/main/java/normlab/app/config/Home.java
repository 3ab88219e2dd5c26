package normlab.app.config;

import java.nio.file.Path;
import java.util.Optional;
import normlab.platform.server.DataFolder;
import normlab.platform.server.ServerSettings;
import normlab.platform.stack.StackSettings;

/**
 * Where an installation has its things.
 *
 * @param root the checkout
 * @param data what the stack keeps, usually {@code .normlab} in the checkout
 */
public record Home(Path root, Path data) {
    private static final String ROOT = "normlab.home";
    private static final String DATA = "normlab.data";

    /** From the system properties {@code normlab.home} and, if it is set, {@code normlab.data}. */
    public static Home current() {
        Path root = Path.of(Optional.ofNullable(System.getProperty(ROOT)).orElse("."))
                .toAbsolutePath()
                .normalize();
        Path data = Optional.ofNullable(System.getProperty(DATA)).map(Path::of).orElse(root.resolve(".normlab"));
        return new Home(root, data.toAbsolutePath().normalize());
    }

    /** Makes it this process' {@link #current} one. */
    public void use() {
        System.setProperty(ROOT, root.toString());
        System.setProperty(DATA, data.toString());
    }

    /** The system properties by which a child process has the same home. */
    public String[] properties() {
        return new String[] {"-D" + ROOT + "=" + root, "-D" + DATA + "=" + data};
    }

    public Path experiments() {
        return root.resolve("workflows/experiments");
    }

    public Path workflows() {
        return root.resolve("workflows");
    }

    public Path datasets() {
        return root.resolve("datasets");
    }

    /** Where reports are put for people: {@code reports/<run>}, beside the data. */
    public Path reports(String campaign) {
        return data.resolveSibling("reports").resolve(campaign);
    }

    /** Downloaded data files. */
    public Path cache() {
        return data.resolve("cache");
    }

    /** Events of a process of the stack, a line of JSON each; rotated to {@code .1} and {@code .2}. */
    public Path eventLog(String process) {
        return data.resolve("logs").resolve(process + ".jsonl");
    }

    public DataFolder stack() {
        return new DataFolder(data);
    }

    public StackSettings stackSettings() {
        return StackSettings.of(ServerSettings.of(stack(), root.resolve("infra")));
    }
}
