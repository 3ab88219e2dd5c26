package normlab.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** The command line in this process, for what starts nothing, with a data folder of its own. */
record Shell(Path data) {
    record Answer(int exitCode, String out, String err) {}

    Answer run(String... arguments) {
        String before = System.getProperty("normlab.data");
        System.setProperty("normlab.data", data.toString());
        try {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            CommandLine line = NormLab.commandLine();
            line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
            return new Answer(line.execute(arguments), out.toString(), err.toString());
        } finally {
            if (before == null) {
                System.clearProperty("normlab.data");
            } else {
                System.setProperty("normlab.data", before);
            }
        }
    }
}
