package normlab.app;

import java.util.Locale;
import normlab.app.command.NormLab;

/** Entry point of every process of this program. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        // All texts are English, and files must have the same bytes whoever's machine writes them.
        Locale.setDefault(Locale.ENGLISH);
        System.exit(NormLab.execute(arguments));
    }
}
