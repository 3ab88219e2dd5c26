package normlab.learning;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import normlab.json.InvalidInputException;
import normlab.provenance.Machine;

/**
 * Where arrays lie and are computed, by {@code NORMLAB_DEVICE}: {@code cpu}, the default, {@code gpu} for the first GPU, or
 * {@code gpu:1} for another.
 *
 * @param gpu number of the GPU; absent: the processor
 */
public record ComputeDevice(Optional<Integer> gpu) {
    private static final String VARIABLE = "NORMLAB_DEVICE";

    public static ComputeDevice ofEnvironment() {
        return parse(Optional.ofNullable(System.getenv(VARIABLE)).orElse("cpu"));
    }

    static ComputeDevice parse(String text) {
        if (text.equals("cpu")) {
            return new ComputeDevice(Optional.empty());
        }
        if (!text.matches("gpu(:[0-9]{1,2})?")) {
            throw new InvalidInputException(VARIABLE, "is '" + text + "', expected cpu, gpu or gpu:<number>");
        }
        return new ComputeDevice(Optional.of(text.equals("gpu") ? 0 : Integer.parseInt(text.substring(4))));
    }

    /**
     * What decides which kernels PyTorch picks, without loading it: that of the processor, or name and compute capability
     * of the GPU.
     *
     * @throws InvalidInputException if the driver does not know the GPU
     */
    public String deviceClass() {
        return gpu.map(ComputeDevice::gpuClass)
                .orElseGet(() -> Machine.current().deviceClass());
    }

    private static String gpuClass(int number) {
        String[] command = {"nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader", "--id=" + number};
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0 || !answer.contains(",")) {
                throw new InvalidInputException(
                        VARIABLE, "is gpu:%d, but nvidia-smi says: %s".formatted(number, answer));
            }
            return "cuda-" + answer.replaceAll(",\\s*", "-").replace(' ', '_');
        } catch (IOException e) {
            throw new InvalidInputException(
                    VARIABLE,
                    "is gpu:%d, but nvidia-smi cannot be started (%s): install the driver, or set it to cpu"
                            .formatted(number, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking nvidia-smi", e);
        }
    }

    /**
     * A manager of arrays on this device.
     *
     * @throws InvalidInputException if PyTorch does not see it
     */
    public NDManager open() {
        int seen = gpu.isPresent() ? Engine.getInstance().getGpuCount() : 0;
        gpu.filter(number -> number >= seen).ifPresent(number -> {
            throw new InvalidInputException(
                    VARIABLE,
                    "is gpu:%d, but PyTorch sees %d GPUs; its natives must be those for CUDA: set PYTORCH_LIBRARY_PATH, see docs/exactness.md"
                            .formatted(number, seen));
        });
        return NDManager.newBaseManager(gpu.map(Device::gpu).orElseGet(Device::cpu));
    }
}
