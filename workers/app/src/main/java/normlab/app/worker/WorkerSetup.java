package normlab.app.worker;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.provenance.Sha256;

/**
 * What the worker processes of a stack are made of, by name: they keep it until the stack starts again, whatever is
 * built or set meanwhile.
 */
public final class WorkerSetup {
    private static final String BUILD = "build";
    private static final List<String> VARIABLES = List.of(
            "NORMLAB_SLOTS",
            "NORMLAB_SLOTS_PER_GPU",
            "NORMLAB_DATA",
            "NORMLAB_DEVICE",
            "NORMLAB_TF32",
            "PYTORCH_LIBRARY_PATH");

    private WorkerSetup() {}

    /** Build and settings as this process has them. */
    public static Map<String, String> ofThisProcess() {
        Map<String, String> setup = new TreeMap<>();
        setup.put(BUILD, build(System.getProperty("java.class.path")));
        VARIABLES.forEach(name -> Optional.ofNullable(System.getenv(name)).ifPresent(value -> setup.put(name, value)));
        return setup;
    }

    /**
     * What a stack that runs would have to be started again for. A variable that is not set here asks for nothing.
     *
     * @param running of the stack
     * @return a phrase for each difference
     */
    public static List<String> changes(Map<String, String> running, Map<String, String> wanted) {
        List<String> changes = new ArrayList<>();
        wanted.forEach((name, value) -> {
            String now = running.get(name);
            if (!value.equals(now)) {
                changes.add(
                        name.equals(BUILD)
                                ? "its workers run a different build of the code"
                                : "its workers have %s=%s, this command has %s"
                                        .formatted(name, now == null ? "" : now, value));
            }
        });
        return changes;
    }

    /** Changes when a jar of the class path is built again; folders of classes, as in tests, count by name. */
    static String build(String classPath) {
        StringBuilder entries = new StringBuilder();
        String[] sorted = classPath.split(File.pathSeparator);
        Arrays.sort(sorted);
        for (String entry : sorted) {
            Path path = Path.of(entry);
            entries.append(path.getFileName());
            if (Files.isRegularFile(path)) {
                entries.append(' ').append(path.toFile().length());
                entries.append(' ').append(path.toFile().lastModified());
            }
            entries.append('\n');
        }
        return Sha256.of(entries.toString()).substring(0, 12);
    }
}
