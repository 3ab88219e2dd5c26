package normlab.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The machine at hand, as far as it can change or explain a result.
 *
 * @param deviceClass what decides which kernels PyTorch picks: architecture, vendor, family and model of the
 *     processor, and the widest vector instructions
 */
public record Machine(String os, String processor, int cores, long memoryMiB, String jvm, String deviceClass) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    public static Machine current() {
        Map<String, String> cpu = firstProcessor();
        Runtime runtime = Runtime.getRuntime();
        return new Machine(
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                cpu.getOrDefault("model name", System.getProperty("os.arch")),
                runtime.availableProcessors(),
                physicalMemoryMiB().orElse(0L),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                deviceClass(cpu));
    }

    static String deviceClass(Map<String, String> cpu) {
        String flags = " " + cpu.getOrDefault("flags", "") + " ";
        String vector = flags.contains(" avx512_bf16 ")
                ? "avx512bf16"
                : flags.contains(" avx512f ") ? "avx512" : flags.contains(" avx2 ") ? "avx2" : "baseline";
        return "cpu-%s-%s-%s.%s-%s"
                .formatted(
                        System.getProperty("os.arch"),
                        cpu.getOrDefault("vendor_id", "unknown"),
                        cpu.getOrDefault("cpu family", "0"),
                        cpu.getOrDefault("model", "0"),
                        vector);
    }

    private static Map<String, String> firstProcessor() {
        Map<String, String> fields = new HashMap<>();
        if (Files.isReadable(CPU_INFO)) {
            try {
                for (String line : Files.readAllLines(CPU_INFO)) {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        fields.putIfAbsent(
                                line.substring(0, colon).trim(),
                                line.substring(colon + 1).trim());
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException("cannot read " + CPU_INFO, e);
            }
        }
        return fields;
    }

    private static Optional<Long> physicalMemoryMiB() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        instanceof com.sun.management.OperatingSystemMXBean os
                ? Optional.of(os.getTotalMemorySize() >> 20)
                : Optional.empty();
    }
}
