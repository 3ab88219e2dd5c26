package normlab.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for a secret, as it is and as it travels in headers, addresses and dumps, in what a campaign leaves behind. */
public final class SecretSearch {
    private final Set<String> forms = new TreeSet<>();

    public SecretSearch(String secret) {
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        // What stands before it, such as a user's name, decides at which of three places the digits begin.
        for (int before = 0; before < 3; before++) {
            byte[] text = ("x".repeat(before) + secret).getBytes(StandardCharsets.UTF_8);
            String whole = Base64.getEncoder().encodeToString(Arrays.copyOf(text, text.length / 3 * 3));
            forms.add(whole.substring(before == 0 ? 0 : 4));
        }
    }

    public boolean isIn(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        return forms.stream().anyMatch(text::contains);
    }

    /** All files below a folder that hold the secret, but those that are there to hold it; links are not followed. */
    public List<Path> files(Path folder, Set<Path> holders) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !holders.contains(file) && isIn(read(file)))
                    .toList();
        }
    }

    /** A table of a database that is in use, row by row: in its file a long value lies in pieces. */
    boolean isInDatabase(Path sqlite) throws IOException, InterruptedException {
        String dump = """
            import sqlite3, sys
            for line in sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).iterdump():
                print(line)
            """;
        Process python = new ProcessBuilder("python3", "-c", dump, sqlite.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] rows = python.getInputStream().readAllBytes();
        if (python.waitFor() != 0 || rows.length == 0) {
            throw new IOException("cannot read the database " + sqlite);
        }
        return isIn(rows);
    }

    /** Processes whose command line or environment shows the secret to {@code ps}. */
    List<String> processes() throws IOException {
        List<String> found = new ArrayList<>();
        for (ProcessHandle process : ProcessHandle.allProcesses().toList()) {
            for (String part : List.of("cmdline", "environ")) {
                Path shown = Path.of("/proc", Long.toString(process.pid()), part);
                if (isIn(shownToUs(shown))) {
                    found.add(shown + " of " + process.info().command().orElse("?"));
                }
            }
        }
        return found;
    }

    /** What the kernel refuses to show to us, or what is gone meanwhile, nobody else of our rights is shown either. */
    private static byte[] shownToUs(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException refused) {
            return new byte[0];
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (java.nio.file.NoSuchFileException goneMeanwhile) {
            return new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
