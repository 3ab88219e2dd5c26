package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.ByteArrayInputStream;
import java.util.List;

/** Named arrays in the safetensors format. Equal arrays give equal bytes. */
public final class Safetensors {
    private Safetensors() {}

    /** An array and its name in the file. */
    public record Named(String name, NDArray value) {}

    /** Encodes in the given order. Arrays are written in their logical order, whatever their strides. */
    public static byte[] encode(List<Named> tensors) {
        try (NDManager scratch = tensors.getFirst().value().getManager().newSubManager()) {
            NDList list = new NDList();
            for (Named tensor : tensors) {
                // Through the host, since DJL would write strides that are not row-major as they are; and from a
                // duplicate, since reading such an array leaves a row-major copy in its manager.
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

    /** @return named arrays that belong to {@code manager} */
    public static NDList decode(NDManager manager, byte[] safetensors) {
        return NDList.decode(manager, new ByteArrayInputStream(safetensors));
    }

    /**
     * Copies the stored arrays into the targets of the same names: all, or none.
     *
     * @throws IllegalArgumentException if one is missing or has another shape
     */
    public static void copy(NDList stored, List<Named> targets) {
        targets.forEach(t -> require(stored, t.name(), t.value().getShape()));
        for (Named target : targets) {
            NDArray value = target.value();
            value.subi(value).addi(require(stored, target.name(), value.getShape()));
        }
    }

    /** @throws IllegalArgumentException if the array is missing or has another shape */
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
