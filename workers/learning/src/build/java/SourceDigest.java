import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * Run by the build: writes a file of properties with a SHA-256 over sources that can change a result. Comments and white
 * space are left out, so that only a change of code counts; so are the files and folders that arguments with a ! in front
 * name. Arguments such as {@code djl=0.35.1} are written as they are.
 */
public final class SourceDigest {
    private SourceDigest() {}

    public static void main(String[] arguments) throws Exception {
        Path output = Path.of(arguments[0]);
        List<String> facts =
                Stream.of(arguments).skip(1).filter(SourceDigest::isFact).toList();
        List<String> folders =
                Stream.of(arguments).skip(1).filter(a -> !isFact(a)).toList();
        List<Path> leftOut = folders.stream()
                .filter(folder -> folder.startsWith("!"))
                .map(folder -> Path.of(folder.substring(1)))
                .toList();
        List<Path> sources = new ArrayList<>();
        for (String folder : folders) {
            if (!folder.startsWith("!")) {
                sources.addAll(sources(Path.of(folder), leftOut));
            }
        }
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Path source : sources) {
            digest.update(source.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            digest.update(code(Files.readString(source)).getBytes(StandardCharsets.UTF_8));
        }
        write(output, HexFormat.of().formatHex(digest.digest()), facts);
    }

    private static boolean isFact(String argument) {
        return argument.matches("[a-z]+=.*");
    }

    private static List<Path> sources(Path folder, List<Path> leftOut) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> leftOut.stream().noneMatch(file::startsWith))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path output, String digest, List<String> facts) throws IOException {
        String text = "sourceDigest=" + digest + "\n" + String.join("\n", facts) + "\n";
        Files.createDirectories(output.getParent());
        if (!Files.exists(output) || !Files.readString(output).equals(text)) {
            Files.writeString(output, text);
        }
    }

    /** The source without comments and white space; literals stay as they are. */
    static String code(String source) {
        StringBuilder code = new StringBuilder();
        int i = 0;
        while (i < source.length()) {
            int end = i + 1;
            if (source.startsWith("//", i)) {
                end = orEnd(source, source.indexOf('\n', i));
            } else if (source.startsWith("/*", i)) {
                end = source.indexOf("*/", i + 2) + 2;
            } else if (source.startsWith("\"\"\"", i)) {
                end = literal(source, i, "\"\"\"");
                code.append(source, i, end);
            } else if (source.charAt(i) == '"' || source.charAt(i) == '\'') {
                end = literal(source, i, source.substring(i, i + 1));
                code.append(source, i, end);
            } else if (!Character.isWhitespace(source.charAt(i))) {
                code.append(source.charAt(i));
            } else if (!code.isEmpty() && code.charAt(code.length() - 1) != ' ') {
                code.append(' ');
            }
            i = end;
        }
        return code.toString();
    }

    private static int orEnd(String source, int index) {
        return index < 0 ? source.length() : index;
    }

    private static int literal(String source, int start, String quote) {
        int i = start + quote.length();
        while (!source.startsWith(quote, i)) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return i + quote.length();
    }
}
