package normlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu-amd64-AuthenticAMD-25.17-avx512bf16",
                "cuda-NVIDIA_H200-9.0",
                "cuda-NVIDIA_A100-SXM4-40GB-8.0",
                "cuda-NVIDIA_A100-SXM4-40GB-8.0-tf32"
            })
    void devicesWithArithmeticForBfloat16AreFastInIt(String deviceClass) {
        assertThat(Precision.BFLOAT16.isFastOn(deviceClass)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cpu-amd64-AuthenticAMD-25.1-avx2",
                "cpu-amd64-GenuineIntel-6.85-avx512",
                "cpu-aarch64-unknown-0.0-baseline",
                "cuda-Tesla_V100-SXM2-16GB-7.0"
            })
    void othersAreNot(String deviceClass) {
        assertThat(Precision.BFLOAT16.isFastOn(deviceClass)).isFalse();
    }

    @Test
    void everyDeviceIsFastInFloat32() {
        assertThat(Precision.FLOAT32.isFastOn("cpu-aarch64-unknown-0.0-baseline"))
                .isTrue();
    }
}
