package normlab.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes a dictionary with the opcodes that Python 2 writes at protocol 2. */
final class PickleBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int memos;

    PickleBytes() {
        opcodes(0x80, 2, '}');
        memo();
        opcodes('(');
    }

    PickleBytes text(String key, String value) {
        string(key);
        string(value);
        return this;
    }

    PickleBytes names(String key, List<String> names) {
        string(key);
        opcodes(']');
        memo();
        opcodes('(');
        names.forEach(this::string);
        opcodes('e');
        return this;
    }

    PickleBytes numbers(String key, List<Integer> numbers) {
        string(key);
        opcodes(']');
        memo();
        opcodes('(');
        numbers.forEach(this::number);
        opcodes('e');
        return this;
    }

    PickleBytes matrix(String key, int rows, int columns, byte[] values, boolean columnsFirst) {
        string(key);
        global("numpy.core.multiarray", "_reconstruct");
        global("numpy", "ndarray");
        number(0);
        opcodes(0x85);
        string("b");
        opcodes(0x87, 'R');
        memo();
        opcodes('(');
        number(1);
        number(rows);
        number(columns);
        opcodes(0x86);
        global("numpy", "dtype");
        string("u1");
        number(0);
        number(1);
        opcodes(0x87, 'R', '(');
        number(3);
        string("|");
        opcodes('N', 'N', 'N');
        number(-1);
        number(-1);
        number(0);
        opcodes('t', 'b', columnsFirst ? 0x88 : 0x89, 'T');
        int32(values.length);
        out.writeBytes(values);
        opcodes('t', 'b');
        return this;
    }

    PickleBytes opcodes(int... opcodes) {
        for (int opcode : opcodes) {
            out.write(opcode);
        }
        return this;
    }

    PickleBytes global(String module, String name) {
        opcodes('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
        memo();
        return this;
    }

    byte[] end() {
        opcodes('u', '.');
        return out.toByteArray();
    }

    private void string(String text) {
        opcodes('U', text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        memo();
    }

    private void number(int number) {
        if (number >= 0 && number < 256) {
            opcodes('K', number);
        } else if (number >= 0 && number < 65_536) {
            opcodes('M', number & 0xFF, number >> 8);
        } else {
            opcodes('J');
            int32(number);
        }
    }

    private void int32(int number) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }

    private void memo() {
        opcodes('q', memos++);
    }
}
