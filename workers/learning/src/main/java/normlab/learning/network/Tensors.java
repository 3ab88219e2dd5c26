package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.ByteArrayInputStream;
import java.util.List;

/** Named arrays in the safetensors format, byte for byte the same for equal arrays. */
public final class Tensors {
    private Tensors() {}

    /** An array under its name in the file. */
    public record Named(String name, NDArray value) {}

    /** Encodes in the order given; arrays are written in their logical order, whatever their strides. */
    public static byte[] encode(List<Named> tensors) {
        try (NDManager scratch = tensors.getFirst().value().getManager().newSubManager()) {
            NDList list = new NDList();
            for (Named tensor : tensors) {
                // A copy through the host: strides that are not row-major would otherwise be written as they lie.
                NDArray plain = tensor.value().getDataType().isFloating()
                        ? scratch.create(
                                tensor.value().toFloatArray(), tensor.value().getShape())
                        : scratch.create(
                                tensor.value().toLongArray(), tensor.value().getShape());
                plain.setName(tensor.name());
                list.add(plain);
            }
            return list.encode(NDList.Encoding.SAFETENSORS);
        }
    }

    /** Decodes into {@code manager}; each array has its name. */
    public static NDList decode(NDManager manager, byte[] safetensors) {
        return NDList.decode(manager, new ByteArrayInputStream(safetensors));
    }

    /**
     * Copies the array {@code name} into {@code target}.
     *
     * @throws IllegalArgumentException if it is absent or of another shape
     */
    public static void copy(NDList from, String name, NDArray target) {
        NDArray stored = from.get(name);
        if (stored == null) {
            throw new IllegalArgumentException("[" + name + "] is not among the stored tensors");
        }
        if (!stored.getShape().equals(target.getShape())) {
            throw new IllegalArgumentException(
                    "[%s] is stored with shape %s, expected %s".formatted(name, stored.getShape(), target.getShape()));
        }
        target.subi(target).addi(stored);
    }
}
