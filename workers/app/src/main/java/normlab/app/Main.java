package normlab.app;

import normlab.app.command.NormLab;

/** Entry point of every process of this program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(NormLab.execute(arguments));
    }
}
