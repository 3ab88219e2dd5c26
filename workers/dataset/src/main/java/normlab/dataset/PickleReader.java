package normlab.dataset;

import static normlab.dataset.UnusableDataException.damaged;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the pickles of CIFAR's Python version: dictionaries of strings, numbers, lists and one array of bytes, as Python 2
 * writes them. A pickle is a program that may call anything; this reader knows the opcodes that these files use, calls
 * nothing, and refuses the rest.
 */
final class PickleReader {
    private static final int MOST_OPCODES = 4_000_000;
    private static final int MOST_STRING_BYTES = 1 << 12;
    private static final Object NONE = new Object();

    private final DataInputStream in;
    private final int arrayBytes;
    private final List<Object> stack = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    /** What the three names that are allowed stand for. */
    private enum Callable {
        RECONSTRUCT,
        ARRAY,
        TYPE
    }

    /** The type of the array's values: unsigned bytes. */
    private record UnsignedBytes() {}

    /** A string of the length of the array. */
    private record Bytes(ByteBuffer content) {}

    /** A matrix of unsigned bytes. */
    static final class Matrix {
        private Optional<ByteBuffer> content = Optional.empty();
        private int rows;
        private int columns;
        private boolean columnsFirst;

        int rows() {
            return rows;
        }

        int columns() {
            return columns;
        }

        byte get(int row, int column) {
            int place = columnsFirst ? column * rows + row : row * columns + column;
            return content.orElseThrow().get(place);
        }

        private void fill(List<?> state) throws UnusableDataException {
            if (state.size() == 5
                    && state.get(1) instanceof List<?> shape
                    && shape.size() == 2
                    && shape.get(0) instanceof Integer height
                    && shape.get(1) instanceof Integer width
                    && state.get(2) instanceof UnsignedBytes
                    && state.get(3) instanceof Boolean byColumns
                    && state.get(4) instanceof Bytes bytes
                    && height > 0
                    && width > 0
                    && (long) height * width == bytes.content().limit()) {
                rows = height;
                columns = width;
                columnsFirst = byColumns;
                content = Optional.of(bytes.content());
                return;
            }
            throw damaged("has an array that is not a matrix of unsigned bytes of the expected size");
        }
    }

    private PickleReader(InputStream in, int arrayBytes) {
        this.in = new DataInputStream(new BufferedInputStream(in, 1 << 16));
        this.arrayBytes = arrayBytes;
    }

    /**
     * @param arrayBytes size of the one array that may be in it, which is read into a direct buffer; 0: none
     * @return a dictionary whose values are {@link String}, {@link Integer}, {@link List} or {@link Matrix}
     * @throws UnusableDataException if it has an opcode or a name that these files do not use
     */
    static Map<String, Object> read(InputStream in, int arrayBytes) throws IOException, UnusableDataException {
        try {
            return new PickleReader(in, arrayBytes).run();
        } catch (IndexOutOfBoundsException | ClassCastException e) {
            throw damaged(e, "is not a pickle of CIFAR: its opcodes do not fit each other");
        }
    }

    private Map<String, Object> run() throws IOException, UnusableDataException {
        for (int count = 0; count < MOST_OPCODES; count++) {
            int opcode = in.readUnsignedByte();
            if (opcode == '.') {
                return dictionary(pop());
            }
            step(opcode);
        }
        throw damaged("has more than %d opcodes", MOST_OPCODES);
    }

    private void step(int opcode) throws IOException, UnusableDataException {
        switch (opcode) {
            case 0x80 -> in.readUnsignedByte(); // PROTO
            case '}' -> push(new HashMap<String, Object>()); // EMPTY_DICT
            case ']' -> push(new ArrayList<>()); // EMPTY_LIST
            case ')' -> push(List.of()); // EMPTY_TUPLE
            case '(' -> marks.add(stack.size()); // MARK
            case 'q' -> memo.put(in.readUnsignedByte(), top()); // BINPUT
            case 'r' -> memo.put(int32(), top()); // LONG_BINPUT
            case 'h' -> push(recalled(in.readUnsignedByte())); // BINGET
            case 'j' -> push(recalled(int32())); // LONG_BINGET
            case 'K' -> push(in.readUnsignedByte()); // BININT1
            case 'M' -> push(in.readUnsignedByte() | in.readUnsignedByte() << 8); // BININT2
            case 'J' -> push(int32()); // BININT
            case 'N' -> push(NONE); // NONE
            case 0x88 -> push(true); // NEWTRUE
            case 0x89 -> push(false); // NEWFALSE
            case 'U' -> push(string(in.readUnsignedByte())); // SHORT_BINSTRING
            case 'T' -> push(string(int32())); // BINSTRING
            case 'c' -> push(named(line() + " " + line())); // GLOBAL
            case 0x85 -> push(List.copyOf(popped(1))); // TUPLE1
            case 0x86 -> push(List.copyOf(popped(2))); // TUPLE2
            case 0x87 -> push(List.copyOf(popped(3))); // TUPLE3
            case 't' -> push(List.copyOf(sinceMark())); // TUPLE
            case 'a' -> append(popped(1)); // APPEND
            case 'e' -> append(sinceMark()); // APPENDS
            case 's' -> put(popped(2)); // SETITEM
            case 'u' -> put(sinceMark()); // SETITEMS
            case 'R' -> push(made(popped(2))); // REDUCE
            case 'b' -> build(pop()); // BUILD
            default -> throw damaged("has the pickle opcode 0x%02x, which these files do not use", opcode);
        }
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        return stack.getLast();
    }

    private Object pop() {
        if (stack.isEmpty()) {
            throw new IndexOutOfBoundsException("empty stack");
        }
        return stack.removeLast();
    }

    private List<Object> popped(int count) {
        List<Object> last = stack.subList(stack.size() - count, stack.size());
        List<Object> values = new ArrayList<>(last);
        last.clear();
        return values;
    }

    private List<Object> sinceMark() {
        return popped(stack.size() - marks.removeLast());
    }

    private Object recalled(int number) {
        return Optional.ofNullable(memo.get(number)).orElseThrow(() -> new IndexOutOfBoundsException(number));
    }

    private int int32() throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private Object string(int length) throws IOException, UnusableDataException {
        if (length == arrayBytes && length > 0) {
            return new Bytes(array());
        }
        if (length < 0 || length > MOST_STRING_BYTES) {
            throw damaged("has a string of %d bytes, expected at most %d", length, MOST_STRING_BYTES);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("ends within a string");
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private String line() throws IOException, UnusableDataException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (line.length() == MOST_STRING_BYTES) {
                throw damaged("has a name of more than %d bytes", MOST_STRING_BYTES);
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private ByteBuffer array() throws IOException {
        ByteBuffer content = ByteBuffer.allocateDirect(arrayBytes);
        byte[] piece = new byte[1 << 16];
        while (content.hasRemaining()) {
            int read = in.read(piece, 0, Math.min(piece.length, content.remaining()));
            if (read < 0) {
                throw new EOFException("ends within its array");
            }
            content.put(piece, 0, read);
        }
        return content.flip();
    }

    private static Callable named(String name) throws UnusableDataException {
        return switch (name) {
            case "numpy.core.multiarray _reconstruct", "numpy._core.multiarray _reconstruct" -> Callable.RECONSTRUCT;
            case "numpy ndarray" -> Callable.ARRAY;
            case "numpy dtype" -> Callable.TYPE;
            default ->
                throw damaged(
                        "refers to '%s' of Python, which these files do not use", name.replaceAll("\\p{Cntrl}", "?"));
        };
    }

    private static Object made(List<Object> call) throws UnusableDataException {
        List<?> arguments = (List<?>) call.get(1);
        if (call.get(0) == Callable.RECONSTRUCT && arguments.get(0) == Callable.ARRAY) {
            return new Matrix();
        }
        if (call.get(0) == Callable.TYPE && "u1".equals(arguments.get(0))) {
            return new UnsignedBytes();
        }
        throw damaged("calls something that these files do not call");
    }

    private void append(List<Object> values) {
        @SuppressWarnings("unchecked")
        List<Object> list = (ArrayList<Object>) top();
        list.addAll(values);
    }

    private void put(List<Object> pairs) throws UnusableDataException {
        Map<String, Object> dictionary = dictionary(top());
        for (int i = 0; i < pairs.size(); i += 2) {
            dictionary.put((String) pairs.get(i), pairs.get(i + 1));
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> dictionary(Object value) throws UnusableDataException {
        if (value instanceof HashMap<?, ?> map) {
            // Only strings are put in as keys.
            return (Map<String, Object>) map;
        }
        throw damaged("is not a dictionary");
    }

    private void build(Object state) throws UnusableDataException {
        if (top() instanceof Matrix matrix) {
            matrix.fill((List<?>) state);
        } else if (!(top() instanceof UnsignedBytes)) {
            throw damaged("sets the state of something that these files do not use");
        }
    }
}
