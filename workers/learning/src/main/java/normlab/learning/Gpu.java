package normlab.learning;

import static normlab.json.Checks.check;

/**
 * A device that CUDA can use: a GPU, or an instance of one that is divided by MIG.
 *
 * @param name as the driver says it; that of an instance ends with its profile, as in {@code … MIG 3g.20gb}
 * @param uuid what {@code CUDA_VISIBLE_DEVICES} names it by
 * @param index of the GPU, from 0
 * @param driver version of NVIDIA's driver
 * @param capability compute capability, such as {@code 8.0}
 * @param memoryMiB all of it
 */
public record Gpu(String name, String uuid, int index, String driver, String capability, long memoryMiB) {
    public Gpu {
        check(uuid.matches("(GPU|MIG)-[-/0-9A-Za-z]+"), "the UUID of a GPU is '%s', expected GPU-… or MIG-…", uuid);
        check(
                capability.matches("[0-9]+\\.[0-9]+"),
                "the compute capability is '%s', expected such as 8.0",
                capability);
        check(memoryMiB > 0, "the memory of a GPU is %s MiB, expected more than none", memoryMiB);
    }

    /** What decides which kernels PyTorch picks, such as {@code cuda-NVIDIA_H100_PCIe-9.0}. */
    String deviceClass() {
        return "cuda-%s-%s".formatted(name.replace(' ', '_'), capability);
    }

    /** Whether its tensor cores can multiply float32 in TensorFloat-32, with a mantissa of 10 bits. */
    public boolean hasTf32() {
        return Integer.parseInt(capability.substring(0, capability.indexOf('.'))) >= 8;
    }
}
