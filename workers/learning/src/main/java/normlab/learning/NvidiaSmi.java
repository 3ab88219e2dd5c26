package normlab.learning;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPUs of the machine, as {@code nvidia-smi} lists them. It comes with the driver and needs nothing else.
 *
 * @param program its name or path
 */
public record NvidiaSmi(String program) {
    private static final int PATIENCE_SECONDS = 30;
    private static final String FIELDS = "index,name,uuid,driver_version,compute_cap,memory.total,mig.mode.current";
    private static final Pattern GPU_LINE = Pattern.compile("GPU (\\d+): .*");
    private static final Pattern MIG_LINE =
            Pattern.compile("\\s+MIG (\\S*?([0-9]+)gb\\S*)\\s+Device\\s+\\d+: \\(UUID: (MIG-[^)]+)\\)");

    public static NvidiaSmi ofThisMachine() {
        return new NvidiaSmi("nvidia-smi");
    }

    /**
     * What it said.
     *
     * @param gpus a GPU that MIG divides stands as its instances
     * @param trouble why there are none, in words; empty if there are some
     */
    public record Answer(List<Gpu> gpus, Optional<String> trouble) {
        public Answer {
            gpus = List.copyOf(gpus);
        }

        private static Answer trouble(String words) {
            return new Answer(List.of(), Optional.of(words));
        }

        /** Those that {@code CUDA_VISIBLE_DEVICES} leaves, in its order; all without it. */
        List<Gpu> visible(Optional<String> variable) {
            return variable.map(text -> Arrays.stream(text.split(","))
                            .map(String::strip)
                            .flatMap(id -> gpus.stream()
                                    .filter(gpu -> id.equals(Integer.toString(gpu.index()))
                                            || id.length() > 4 && gpu.uuid().startsWith(id)))
                            .toList())
                    .orElse(gpus);
        }
    }

    public Answer ask() {
        Output rows = output("--query-gpu=" + FIELDS, "--format=csv,noheader");
        if (rows.failed()) {
            return Answer.trouble(rows.text());
        }
        List<Gpu> gpus = new ArrayList<>();
        for (String line : rows.text().lines().toList()) {
            String[] cells = line.split(",\\s*");
            if (cells.length != 7) {
                return Answer.trouble("nvidia-smi has a line that is not a GPU: " + line);
            }
            try {
                Gpu gpu = new Gpu(
                        cells[1],
                        cells[2],
                        Integer.parseInt(cells[0]),
                        cells[3],
                        cells[4],
                        Long.parseLong(cells[5].replace(" MiB", "")));
                gpus.addAll(cells[6].equals("Enabled") ? instances(gpu) : List.of(gpu));
            } catch (IllegalArgumentException e) {
                return Answer.trouble(
                        "nvidia-smi has a line that is not a GPU (%s): %s".formatted(e.getMessage(), line));
            }
        }
        return gpus.isEmpty()
                ? Answer.trouble("MIG divides every GPU, and none has an instance")
                : new Answer(gpus, Optional.empty());
    }

    /** Memory in use on a GPU, by all processes; empty where that is not told, as for an instance. */
    public Optional<Long> usedMiB(Gpu gpu) {
        Output used = output("--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=" + gpu.uuid());
        return used.failed() || !used.text().matches("[0-9]+")
                ? Optional.empty()
                : Optional.of(Long.parseLong(used.text()));
    }

    /** Of a GPU in MIG mode; none until somebody makes them. */
    private List<Gpu> instances(Gpu divided) {
        List<Gpu> instances = new ArrayList<>();
        boolean mine = false;
        for (String line : output("-L").text().lines().toList()) {
            Matcher gpu = GPU_LINE.matcher(line);
            Matcher mig = MIG_LINE.matcher(line);
            if (gpu.matches()) {
                mine = gpu.group(1).equals(Integer.toString(divided.index()));
            } else if (mine && mig.matches()) {
                instances.add(new Gpu(
                        divided.name() + " MIG " + mig.group(1),
                        mig.group(3),
                        divided.index(),
                        divided.driver(),
                        divided.capability(),
                        Long.parseLong(mig.group(2)) * 1024));
            }
        }
        return instances;
    }

    /** What a call printed. */
    private record Output(boolean failed, String text) {}

    private Output output(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Output(true, "nvidia-smi does not answer within %d s".formatted(PATIENCE_SECONDS));
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
            boolean failed = process.exitValue() != 0 || text.isEmpty() || text.startsWith("No devices");
            return new Output(failed, failed ? "nvidia-smi says: " + text : text);
        } catch (IOException absent) {
            return new Output(true, "nvidia-smi is not on the PATH");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking nvidia-smi", e);
        }
    }
}
