package normlab.learning.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import normlab.json.Json;
import normlab.learning.HostMemory;

/** Named arrays in the safetensors format. Equal arrays give equal bytes. */
public final class Safetensors {
    private Safetensors() {}

    /** An array and its name in the file. */
    public record Named(String name, NDArray value) {}

    /**
     * Encodes in the given order. Arrays are written in their logical order, whatever their strides.
     *
     * @param memory gives the buffer that is filled
     */
    public static ByteBuffer encode(List<Named> tensors, IntFunction<ByteBuffer> memory) {
        // Entries stand in the header in the order of DJL's own encoder, so that models keep their bytes.
        Map<String, String> entries = new ConcurrentHashMap<>(tensors.size());
        long end = 0;
        for (Named tensor : tensors) {
            NDArray value = tensor.value();
            long from = end;
            end += value.size() * value.getDataType().getNumOfBytes();
            entries.put(
                    tensor.name(),
                    "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(
                                    tensor.name(),
                                    value.getDataType().asSafetensors(),
                                    Arrays.toString(value.getShape().getShape()).replace(" ", ""),
                                    from,
                                    end));
        }
        byte[] header = ("{" + String.join(",", entries.values()) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = memory.apply(Math.toIntExact(Long.BYTES + header.length + end))
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header);
        tensors.forEach(tensor -> write(tensor.value(), file));
        return file.flip();
    }

    private static void write(NDArray value, ByteBuffer file) {
        // From a duplicate, since reading an array that is not row-major leaves a row-major copy in its manager.
        try (NDManager scratch = value.getManager().newSubManager()) {
            NDArray own = value.duplicate();
            own.attach(scratch);
            file.put(own.toByteBuffer(true));
        }
    }

    /** @return named arrays that belong to {@code manager} */
    public static NDList decode(NDManager manager, ByteBuffer safetensors) {
        ByteBuffer file = safetensors.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (file.remaining() < Long.BYTES || file.getLong(0) < 0 || file.getLong(0) > file.remaining() - Long.BYTES) {
            throw new IllegalArgumentException("%d bytes are not safetensors".formatted(file.remaining()));
        }
        byte[] header = new byte[(int) file.getLong()];
        ByteBuffer data = file.get(header).slice();
        NDList list = new NDList();
        Json.parse(header, "the header of a safetensors file").properties().forEach(property -> {
            if (!property.getKey().equals("__metadata__")) {
                NDArray array = array(manager, property.getValue(), data);
                array.setName(property.getKey());
                list.add(array);
            }
        });
        return list;
    }

    private static NDArray array(NDManager manager, JsonNode entry, ByteBuffer data) {
        int from = entry.required("data_offsets").required(0).asInt();
        int to = entry.required("data_offsets").required(1).asInt();
        long[] shape = new long[entry.required("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.required("shape").required(i).asLong();
        }
        DataType type = switch (entry.required("dtype").asText()) {
            case "F32" -> DataType.FLOAT32;
            case "F64" -> DataType.FLOAT64;
            case "I64" -> DataType.INT64;
            case "U8" -> DataType.UINT8;
            default ->
                throw new IllegalArgumentException(
                        "%s has an unknown dtype, expected F32, F64, I64 or U8".formatted(entry));
        };
        return HostMemory.array(manager, new Shape(shape), type, memory -> memory.put(data.slice(from, to - from)));
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
