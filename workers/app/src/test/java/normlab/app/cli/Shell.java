package normlab.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import normlab.app.Main;
import picocli.CommandLine;

/**
 * The command line in this process, for what starts nothing, with a data folder of its own.
 *
 * @param home the checkout
 */
public record Shell(Path home, Path data) {
    public record Answer(int exitCode, String out, String err) {}

    public Shell(Path data) {
        this(Path.of(System.getProperty("normlab.home")), data);
    }

    public Shell in(Path otherHome) {
        return new Shell(otherHome, data);
    }

    public Answer run(String... arguments) {
        Map<String, String> before = new TreeMap<>();
        set(Map.of("normlab.home", home.toString(), "normlab.data", data.toString()), before);
        try {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CommandLine line = Main.commandLine(arguments);
            line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
            return new Answer(line.execute(arguments), out.toString(), err.toString());
        } finally {
            System.clearProperty("normlab.data");
            set(before, new TreeMap<>());
        }
    }

    private static void set(Map<String, String> properties, Map<String, String> before) {
        properties.forEach((name, value) -> {
            String was = System.setProperty(name, value);
            if (was != null) {
                before.put(name, was);
            }
        });
    }
}
