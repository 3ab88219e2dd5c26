package normlab.app.config;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.json.InvalidInputException;
import normlab.json.StrictBinding;
import normlab.learning.ComputeDevice;

/**
 * The variables of the environment that people set, looked at before anything is started with them: a worker that
 * refused one would only die again and again.
 *
 * @param environment all of it
 */
public record EnvironmentVariables(Map<String, String> environment) {
    private static final String OURS = "NORMLAB_";
    private static final String DATA = "NORMLAB_DATA";
    private static final String METRICS = "NORMLAB_METRICS";
    /** By the commands, the launcher, the scripts of the Makefile and the cluster's containers. */
    private static final List<String> READ = List.of(
            DATA,
            METRICS,
            "NORMLAB_SLOTS",
            "NORMLAB_SLOTS_PER_GPU",
            "NORMLAB_BUILD",
            "NORMLAB_CA",
            "NORMLAB_CLUSTER",
            "NORMLAB_CONDUCTOR_PORT",
            "NORMLAB_DEVICE",
            "NORMLAB_GPU_LOCKS",
            "NORMLAB_JDK_FOLDERS",
            "NORMLAB_MLFLOW_PORT",
            "NORMLAB_OSV",
            "NORMLAB_S3_PORT",
            "NORMLAB_SITE_PACKAGES",
            "NORMLAB_SLOT_MEMORY_GIB",
            "NORMLAB_TARGET",
            "NORMLAB_TF32",
            "NORMLAB_TORCH_VENV",
            "NORMLAB_TRAIN_ON");

    public EnvironmentVariables {
        environment = Map.copyOf(environment);
    }

    public static EnvironmentVariables ofThisProcess() {
        return new EnvironmentVariables(System.getenv());
    }

    /** Ours that are set, by name. */
    public Map<String, String> set() {
        Map<String, String> set = new TreeMap<>(environment);
        set.keySet().removeIf(name -> !name.startsWith(OURS));
        return set;
    }

    /** Values that nothing can be started with, all of them. */
    public List<InvalidInputException> problems() {
        List<InvalidInputException> problems = new ArrayList<>();
        collect(problems, ComputeDevice::ofEnvironment);
        collect(problems, () -> Slots.check(environment));
        collect(problems, this::metrics);
        collect(problems, this::data);
        return problems;
    }

    private static void collect(List<InvalidInputException> problems, Runnable check) {
        try {
            check.run();
        } catch (InvalidInputException e) {
            problems.add(e);
        }
    }

    /** @throws InvalidInputException naming every value that nothing can be started with */
    public void refuseIfWrong() {
        List<String> all = problems().stream()
                .map(problem -> problem.subject() + " " + String.join("; ", problem.problems()))
                .toList();
        if (!all.isEmpty()) {
            throw new InvalidInputException("environment", all);
        }
    }

    /** A phrase for each variable that looks like ours and that nothing reads: often one that is misspelt. */
    public List<String> unknown() {
        return set().keySet().stream()
                .filter(name -> !READ.contains(name))
                .map(name -> name + " is not used by any command" + StrictBinding.suggestion(name, READ))
                .toList();
    }

    /**
     * Loopback and any port that is free, unless the environment says otherwise, as it must between containers.
     *
     * @throws InvalidInputException if it says no host and port
     */
    public InetSocketAddress metrics() {
        String address = value(METRICS).orElse("127.0.0.1:0");
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}") || port(address, colon) > 65_535) {
            throw new InvalidInputException(
                    METRICS, "is '%s', expected host:port such as 0.0.0.0:9464".formatted(address));
        }
        return new InetSocketAddress(address.substring(0, colon), port(address, colon));
    }

    private static int port(String address, int colon) {
        return Integer.parseInt(address.substring(colon + 1));
    }

    private void data() {
        value(DATA).filter(folder -> !isFolder(folder)).ifPresent(folder -> {
            throw new InvalidInputException(DATA, "is '%s', which is not a folder".formatted(folder));
        });
    }

    private static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
