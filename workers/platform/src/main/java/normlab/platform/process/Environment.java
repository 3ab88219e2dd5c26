package normlab.platform.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environments of the processes that NormLab starts. Settings that a user has made for other programs must change
 * neither how these processes work nor what a training computes.
 */
public final class Environment {
    /** Options for all Java processes of the user: proxies, heaps, agents. */
    private static final List<String> JAVA =
            List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH");

    private static final List<String> PYTHON = List.of("PYTHON", "PIP_", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__");
    /** Settings of PyTorch and its libraries: some choose other kernels, and so other bits under the same trial key. */
    private static final List<String> ENGINE = List.of(
            "ATEN_",
            "TORCH_",
            "NVIDIA_TF32_",
            "CUBLAS_",
            "CUDNN_",
            "DNNL_",
            "ONEDNN_",
            "MKL_",
            "KMP_",
            "OMP_",
            "GOMP_",
            "OPENBLAS_",
            "GLIBC_TUNABLES",
            "MALLOC_");
    /** Clients of the servers: {@code normlab env} sets them, keys included, which no environment of ours may show. */
    private static final List<String> CLIENTS = List.of("AWS_", "MLFLOW_");

    /** Proxies and keys are left out: the servers talk to 127.0.0.1 only. */
    private static final List<String> SERVER = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");

    private Environment() {}

    /** For a server: what any program needs, and nothing else. */
    static Map<String, String> ofServer(Map<String, String> user) {
        Map<String, String> environment = new TreeMap<>();
        SERVER.forEach(name -> Optional.ofNullable(user.get(name)).ifPresent(value -> environment.put(name, value)));
        return environment;
    }

    /** For the supervisor: the user's, without settings and keys for clients of the servers. */
    public static Map<String, String> ofSupervisor(Map<String, String> user) {
        return without(user, CLIENTS);
    }

    /** For a worker: the supervisor's, without settings for Java and for the training engine. */
    static Map<String, String> ofWorker(Map<String, String> user) {
        return without(without(ofSupervisor(user), JAVA), ENGINE);
    }

    /** For a Java program: the user's, without options for Java. */
    public static Map<String, String> ofJava(Map<String, String> user) {
        return without(user, JAVA);
    }

    /** For Python and pip: the user's, without settings for either. */
    public static Map<String, String> ofPython(Map<String, String> user) {
        Map<String, String> environment = without(user, PYTHON);
        environment.put("PYTHONNOUSERSITE", "1");
        return environment;
    }

    private static Map<String, String> without(Map<String, String> environment, List<String> prefixes) {
        Map<String, String> rest = new TreeMap<>(environment);
        rest.keySet().removeIf(name -> prefixes.stream().anyMatch(name::startsWith));
        return rest;
    }
}
