package normlab.app.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.app.config.Home;
import normlab.app.config.PyTorchInstallation;
import normlab.app.config.Slots;
import normlab.dataset.DatasetCatalog;
import normlab.learning.ComputeDevice;
import normlab.platform.process.ProcessSpec;

/** Command lines and environments of the processes that run this program: the supervisor and the workers. */
public final class StackProcesses {
    private static final Duration GRACE = Duration.ofSeconds(30);

    /**
     * Holds rows, figures and whatever else is small. Datasets, models and checkpoints lie outside: in the memory of PyTorch
     * and, while a dataset is prepared, in direct buffers.
     */
    private static final String HEAP = "-Xmx512m";

    private static final long LEAST_DIRECT_MIB = 512;
    private static final String MAIN = "normlab.app.Main";

    private static final List<String> TRUST = List.of("javax.net.ssl.trustStore", "javax.net.ssl.trustStoreType");

    private final Home home;

    public StackProcesses(Home home) {
        this.home = home;
    }

    /** The supervisor: small, and there for days. */
    public List<String> supervisor() {
        return java("supervisor", List.of("-Xmx64m"), MAIN, List.of("supervise"));
    }

    /** One coordinator, and as many training slots as the machine carries. */
    public List<ProcessSpec> workers(Slots slots) {
        List<ProcessSpec> workers = new ArrayList<>();
        // It evaluates, on the same kind of device as the slots train on.
        workers.add(worker(Workers.COORDINATOR, coordinatorMemory(), slots, 1));
        for (int i = 1; i <= slots.count(); i++) {
            workers.add(worker(Workers.SLOT + i, List.of(HEAP), slots, i));
        }
        return workers;
    }

    /** The coordinator prepares datasets, which takes direct buffers of their size. */
    private List<String> coordinatorMemory() {
        long direct = new DatasetCatalog(home.datasets()).mostPreparationBytes() >> 20;
        return List.of(HEAP, "-XX:MaxDirectMemorySize=%dm".formatted(Math.max(LEAST_DIRECT_MIB, direct)));
    }

    /** @param slot whose GPU it gets, where there are GPUs */
    private ProcessSpec worker(String role, List<String> memory, Slots slots, int slot) {
        Map<String, String> environment = environment(slots.threads());
        slots.gpu(slot).ifPresent(gpu -> {
            environment.putAll(ComputeDevice.ofEnvironment().variables(gpu));
            // It sees one GPU, and its report counts all slots.
            environment.put("NORMLAB_SLOTS", Integer.toString(slots.count()));
        });
        return ProcessSpec.worker(role, java(role, memory, MAIN, List.of("work", role)), environment, GRACE);
    }

    /** The command line of a process that is set up like the coordinator but runs another main class of the class path. */
    public List<String> coordinatorCommand(String main, List<String> arguments) {
        return java("bench", coordinatorMemory(), main, arguments);
    }

    /** The command line of a process that is set up like a training slot but runs another main class of the class path. */
    public List<String> slotCommand(String main, List<String> arguments) {
        return java("bench", List.of(HEAP), main, arguments);
    }

    /** What a training slot gets on top of the user's environment: the first GPU, if it trains on one. */
    public Map<String, String> slotEnvironment(int threads) {
        Map<String, String> environment = environment(threads);
        ComputeDevice device = ComputeDevice.ofEnvironment();
        device.gpus().stream().findFirst().ifPresent(gpu -> environment.putAll(device.variables(gpu)));
        return environment;
    }

    /** What each worker gets on top of the user's environment, on whatever device. */
    public Map<String, String> environment(int threads) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("OMP_NUM_THREADS", Integer.toString(threads));
        environment.put("MKL_NUM_THREADS", Integer.toString(threads));
        environment.put("DJL_CACHE_DIR", home.data().resolve("servers/djl").toString());
        // The natives are on the class path: nothing may be fetched at run time, and nothing is reported to anybody.
        environment.put("DJL_OFFLINE", "true");
        environment.put("OPT_OUT_TRACKING", "true");
        // JVM threads get malloc arenas of their own, which give large tensors back to the system at each step.
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("MALLOC_MMAP_THRESHOLD_", "4294967296");
        environment.put("MALLOC_TRIM_THRESHOLD_", "8589934592");
        environment.put("MALLOC_TOP_PAD_", "268435456");
        // Huge pages: tensors fit into the processor's table of addresses (TLB), and are faulted in 512 pages at once.
        environment.put("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");
        PyTorchInstallation.ofEnvironment()
                .ifPresent(i -> environment.put("LD_LIBRARY_PATH", i.searchPath(System.getenv("LD_LIBRARY_PATH"))));
        return environment;
    }

    private List<String> java(String process, List<String> memory, String main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(memory);
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-Dlogback.configurationFile=logback-process.xml",
                "-Dnormlab.log.file=" + home.eventLog(process)));
        command.add("--enable-native-access=ALL-UNNAMED");
        // Newer JDKs warn that MLflow's client uses sun.misc.Unsafe; JDK 21 does not know the option.
        command.addAll(List.of("-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(home.properties()));
        // Certificates that the launcher was given, for downloads through a network that inspects them.
        TRUST.forEach(name -> Optional.ofNullable(System.getProperty(name))
                .ifPresent(value -> command.add("-D" + name + "=" + value)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        return command;
    }
}
