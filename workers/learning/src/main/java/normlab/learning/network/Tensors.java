package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
                // A copy through the host: strides that are not row-major would otherwise be written as they lie. And
                // of
                // a duplicate: reading such an array leaves a row-major one behind, for as long as its manager lives.
                NDArray own = tensor.value().duplicate();
                own.attach(scratch);
                NDArray plain = own.getDataType().isFloating()
                        ? scratch.create(own.toFloatArray(), own.getShape())
                        : scratch.create(own.toLongArray(), own.getShape());
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
     * Copies the stored arrays into those of equal names: all, or none.
     *
     * @throws IllegalArgumentException if one is absent or of another shape
     */
    public static void copy(NDList stored, List<Named> targets) {
        targets.forEach(t -> require(stored, t.name(), t.value().getShape()));
        for (Named target : targets) {
            NDArray value = target.value();
            value.subi(value).addi(require(stored, target.name(), value.getShape()));
        }
    }

    /** @throws IllegalArgumentException if the array is absent or of another shape */
    public static NDArray require(NDList stored, String name, Shape shape) {
        NDArray found = stored.get(name);
        if (found == null) {
            throw new IllegalArgumentException("[" + name + "] is not among the stored tensors");
        }
        if (!found.getShape().equals(shape)) {
            throw new IllegalArgumentException(
                    "[%s] is stored with shape %s, expected %s".formatted(name, found.getShape(), shape));
        }
        return found;
    }
}
