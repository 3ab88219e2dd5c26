package normlab.learning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import normlab.json.InvalidInputException;
import normlab.provenance.Machine;

/**
 * Where arrays lie and are computed, by {@code NORMLAB_DEVICE}: {@code cpu}, the default; {@code gpu} for the GPUs of the
 * machine, of which a process uses the first that {@code CUDA_VISIBLE_DEVICES} leaves; or {@code gpu:1} for another one
 * alone.
 *
 * @param gpu number of the GPU, of those that are visible; absent: the processor
 * @param all whether the machine's other GPUs of this kind are meant as well
 * @param tf32 whether float32 is multiplied in TensorFloat-32 where the GPU can, by {@code NORMLAB_TF32}
 */
public record ComputeDevice(Optional<Integer> gpu, boolean all, boolean tf32) {
    public static final ComputeDevice CPU = new ComputeDevice(Optional.empty(), false, false);

    private static final String VARIABLE = "NORMLAB_DEVICE";
    private static final String TF32 = "NORMLAB_TF32";

    /** Switches TensorFloat-32 off in all of NVIDIA's libraries; any other value is reserved. */
    private static final String TF32_OVERRIDE = "NVIDIA_TF32_OVERRIDE";

    /** @throws InvalidInputException if a variable has another value than those */
    public static ComputeDevice ofEnvironment() {
        return of(System.getenv());
    }

    /** All GPUs, whether or not {@code NORMLAB_DEVICE} names them. */
    public static ComputeDevice ofGpus() {
        return of(Map.of(VARIABLE, "gpu"));
    }

    static ComputeDevice of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "cpu");
        if (!text.matches("cpu|gpu(:[0-9]{1,2})?")) {
            throw new InvalidInputException(VARIABLE, "is '" + text + "', expected cpu, gpu or gpu:<number>");
        }
        String tf32 = environment.getOrDefault(TF32, "off");
        if (!tf32.matches("on|off")) {
            throw new InvalidInputException(TF32, "is '" + tf32 + "', expected on or off");
        }
        if (text.equals("cpu")) {
            return CPU;
        }
        boolean all = text.equals("gpu");
        return new ComputeDevice(Optional.of(all ? 0 : Integer.parseInt(text.substring(4))), all, tf32.equals("on"));
    }

    /**
     * What decides which kernels PyTorch picks, without loading it: that of the processor, or name and compute capability
     * of the GPU and {@code tf32} where that is on.
     *
     * @throws InvalidInputException if the driver does not know the GPU
     */
    public String deviceClass() {
        return gpu.isEmpty() ? Machine.current().deviceClass() : deviceClass(NvidiaSmi.ofThisMachine());
    }

    String deviceClass(NvidiaSmi smi) {
        return deviceClass(gpus(smi, Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")))
                .getFirst());
    }

    private String deviceClass(Gpu one) {
        return one.deviceClass() + (tf32 && one.hasTf32() ? "-tf32" : "");
    }

    /**
     * The GPUs that trials may be trained on: those of the first one's class, since a campaign's trials are planned for one
     * class.
     *
     * @return none for the processor
     * @throws InvalidInputException if the driver does not know the GPU
     */
    public List<Gpu> gpus() {
        return gpu.isEmpty()
                ? List.of()
                : gpus(NvidiaSmi.ofThisMachine(), Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")));
    }

    List<Gpu> gpus(NvidiaSmi smi, Optional<String> visible) {
        NvidiaSmi.Answer answer = smi.ask();
        answer.trouble().ifPresent(words -> {
            throw new InvalidInputException(
                    VARIABLE,
                    "is %s, but %s; ./normlab doctor says what to do, or set it to cpu".formatted(name(), words));
        });
        List<Gpu> found = answer.visible(visible);
        int number = gpu.orElseThrow();
        if (number >= found.size()) {
            throw new InvalidInputException(
                    VARIABLE,
                    "is %s, but there are %d GPUs%s"
                            .formatted(
                                    name(),
                                    found.size(),
                                    visible.map(v -> " with CUDA_VISIBLE_DEVICES=" + v)
                                            .orElse("")));
        }
        Gpu first = found.get(number);
        return all
                ? found.stream()
                        .filter(other -> other.deviceClass().equals(first.deviceClass()))
                        .toList()
                : List.of(first);
    }

    /** The same with TensorFloat-32 on or off. */
    public ComputeDevice with(boolean tensorFloat) {
        return new ComputeDevice(gpu, all, gpu.isPresent() && tensorFloat);
    }

    private String name() {
        return all ? "gpu" : gpu.map(number -> "gpu:" + number).orElse("cpu");
    }

    /** What a process needs in its environment, before it starts, to compute on this GPU as the trial's key says. */
    public Map<String, String> variables(Gpu one) {
        Map<String, String> variables = new TreeMap<>();
        variables.put(VARIABLE, "gpu");
        variables.put(TF32, tf32 ? "on" : "off");
        variables.put("CUDA_VISIBLE_DEVICES", one.uuid());
        // cuBLAS gives equal sums only with workspaces of a fixed size.
        variables.put("CUBLAS_WORKSPACE_CONFIG", ":4096:8");
        // Convolutions use TF32 by default; PyTorch has a variable of its own for products of matrices.
        variables.put(tf32 ? "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE" : TF32_OVERRIDE, tf32 ? "1" : "0");
        return variables;
    }

    /**
     * A manager of arrays on this device.
     *
     * @throws InvalidInputException if PyTorch does not see it, or would not compute as the device's class says
     */
    public NDManager open() {
        if (gpu.isPresent() && !tf32 && !"0".equals(System.getenv(TF32_OVERRIDE))) {
            throw new InvalidInputException(
                    TF32_OVERRIDE, "is not set, expected 0 while %s is off: float32 would be TF32".formatted(TF32));
        }
        int seen = gpu.isPresent() ? Engine.getInstance().getGpuCount() : 0;
        gpu.filter(number -> number >= seen).ifPresent(number -> {
            throw new InvalidInputException(
                    VARIABLE,
                    "is %s, but PyTorch sees %d GPUs; its natives must be those for CUDA: run ./normlab gpu setup"
                            .formatted(name(), seen));
        });
        return NDManager.newBaseManager(gpu.map(Device::gpu).orElseGet(Device::cpu));
    }
}
