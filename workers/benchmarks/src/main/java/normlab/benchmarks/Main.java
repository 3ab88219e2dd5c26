package normlab.benchmarks;

import java.util.List;
import java.util.Locale;
import normlab.app.cli.NormLab;

/** Entry point of {@code ./normlab bench} and {@code ./normlab parity}. */
public final class Main {
    static final List<Class<?>> COMMANDS = List.of(BenchCommand.class, ParityCommand.class);

    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ENGLISH);
        System.exit(NormLab.commandLine(COMMANDS).execute(arguments));
    }
}
