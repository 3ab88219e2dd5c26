package normlab.learning;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * The host's memory outside the Java heap, allocated and freed by PyTorch. A direct buffer of Java's own is freed when the
 * garbage collector gets to it, which may take long in a process that needs little heap; this memory is freed with its
 * manager.
 */
public final class HostMemory implements AutoCloseable {
    private final NDManager host;

    public HostMemory(NDManager manager) {
        this.host = manager.newSubManager(Device.cpu());
    }

    /** Gives buffers that are valid until this is closed. */
    public IntFunction<ByteBuffer> allocator() {
        return bytes -> host.create(new Shape(Math.max(bytes, 1)), DataType.UINT8)
                .toByteBuffer(true)
                .limit(bytes);
    }

    /**
     * An array on the device of {@code manager}, which owns it. On a CPU it is made where it is filled: nothing is copied.
     *
     * @param fill puts all bytes of the array into the buffer, in the order of the machine
     */
    public static NDArray array(NDManager manager, Shape shape, DataType type, Consumer<ByteBuffer> fill) {
        try (HostMemory memory = new HostMemory(manager)) {
            NDArray filled = memory.host.create(shape, type);
            fill.accept(filled.toByteBuffer(true));
            NDArray array = filled.toDevice(manager.getDevice(), false);
            array.attach(manager);
            return array;
        }
    }

    @Override
    public void close() {
        host.close();
    }
}
