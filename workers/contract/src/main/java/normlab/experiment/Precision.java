package normlab.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * In what the forward and backward passes of training compute. Weights, their gradients and momenta, normalization
 * parameters and statistics, the loss and evaluation are float32 in both.
 */
public enum Precision {
    @JsonProperty("float32")
    FLOAT32,
    /** Convolutions, matrix products and activations in bfloat16: the range of float32 with 8 bits of significand. */
    @JsonProperty("bfloat16")
    BFLOAT16;

    /** NVIDIA's Ampere. */
    private static final int FIRST_CAPABILITY = 8;

    private static final Pattern CUDA_CAPABILITY = Pattern.compile("cuda-.*-(\\d+)\\.\\d+(-tf32)?");

    /** Whether devices of this class compute in it, and not in a substitute. @see normlab.provenance.Machine#deviceClass */
    public boolean isFastOn(String deviceClass) {
        Matcher cuda = CUDA_CAPABILITY.matcher(deviceClass);
        return switch (this) {
            case FLOAT32 -> true;
            case BFLOAT16 ->
                cuda.matches()
                        ? Integer.parseInt(cuda.group(1)) >= FIRST_CAPABILITY
                        : deviceClass.endsWith("-avx512bf16");
        };
    }

    /** Its name in experiments. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
