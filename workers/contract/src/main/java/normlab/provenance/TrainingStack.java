package normlab.provenance;

/**
 * What trains, apart from the specification and the data. Two machines with equal stacks give equal bytes.
 *
 * @param sourceDigest SHA-256 of the sources that can change a result, made at build time
 * @param djl version of Deep Java Library
 * @param pytorch version of the PyTorch natives
 * @param deviceClass for example {@code cpu-amd64-AuthenticAMD-25.1-avx2}
 * @param threads of one training process
 */
public record TrainingStack(String sourceDigest, String djl, String pytorch, String deviceClass, int threads) {}
