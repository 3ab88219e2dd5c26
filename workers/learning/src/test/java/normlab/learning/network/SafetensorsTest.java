package normlab.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SafetensorsTest {
    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void theBytesAreThoseOfDjlsOwnEncoder() {
        List<Safetensors.Named> tensors = new ArrayList<>();
        NDList same = new NDList();
        for (int i = 0; i < 70; i++) {
            NDArray value = i % 7 == 0
                    ? manager.create(new long[] {i, -i, 1L << 40}, new Shape(3))
                    : manager.create(new float[] {i, 0.5f, -i, Float.NaN}, new Shape(2, 2));
            String name = "layer%d.0.weight".formatted(i);
            tensors.add(new Safetensors.Named(name, value));
            value.setName(name);
            same.add(value);
        }
        assertThat(Safetensors.encode(tensors, ByteBuffer::allocateDirect))
                .isEqualTo(ByteBuffer.wrap(same.encode(NDList.Encoding.SAFETENSORS)));
    }

    @Test
    void arraysAreWrittenInLogicalOrderAndReadBack() {
        NDArray rows = manager.create(new float[] {1, 2, 3, 4, 5, 6}, new Shape(2, 3));
        List<Safetensors.Named> tensors = List.of(
                new Safetensors.Named("transposed", rows.transpose()),
                new Safetensors.Named("scalar", manager.create(7L)));

        NDList read = Safetensors.decode(manager, Safetensors.encode(tensors, ByteBuffer::allocate));

        assertThat(Safetensors.require(read, "transposed", new Shape(3, 2)).toFloatArray())
                .containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(Safetensors.require(read, "scalar", new Shape()).getLong()).isEqualTo(7);
    }

    @Test
    void whatAreNotSafetensorsIsRefused() {
        for (String text : List.of("", "short", "\0\0\0\0\0\0\0\7 and more")) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> Safetensors.decode(manager, bytes))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("are not safetensors");
        }
    }
}
