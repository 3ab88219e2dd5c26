package normlab.app.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import normlab.json.Json;
import normlab.provenance.Sha256;

/**
 * A trial in the store's folder, looked at from outside, also while no server runs.
 *
 * @param folder {@code runs/<run>/trials/<key>}
 */
record Trial(Path folder) {
    /** Those of a run that have begun. */
    static List<Trial> of(Path store, String run) throws IOException {
        Path trials = store.resolve("runs").resolve(run).resolve("trials");
        if (!Files.isDirectory(trials)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(trials)) {
            return folders.sorted().map(Trial::new).toList();
        }
    }

    /** Those that any campaign may take for its own. */
    static List<Trial> cached(Path store) throws IOException {
        try (Stream<Path> folders = Files.list(store.resolve("trials"))) {
            return folders.sorted().map(Trial::new).toList();
        }
    }

    String key() {
        return String.valueOf(folder.getFileName());
    }

    /** When each epoch that stands in the journal ended. */
    List<Instant> epochs() throws IOException {
        Path running = folder.resolve("progress/journal.jsonl");
        Path journal = Files.exists(running) ? running : folder.resolve("journal.jsonl");
        if (!Files.exists(journal)) {
            return List.of();
        }
        return Files.readAllLines(journal).stream()
                .map(line -> Json.parse(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), journal.toString()))
                .map(row -> Instant.parse(row.get("at").asText()))
                .toList();
    }

    boolean isTrained() {
        return Files.exists(folder.resolve("training.json"));
    }

    boolean isComplete() {
        return Files.exists(folder.resolve("result.json"));
    }

    /** Whether it has got on since: an epoch, the model or the score. */
    boolean hasMovedSince(Instant then) throws IOException {
        for (String file : List.of("progress/journal.jsonl", "training.json", "result.json")) {
            Path path = folder.resolve(file);
            if (Files.exists(path)
                    && Files.getLastModifiedTime(path).toInstant().isAfter(then)) {
                return true;
            }
        }
        return false;
    }

    String modelSha256() throws IOException {
        return Sha256.of(Files.readAllBytes(folder.resolve("model.safetensors")));
    }

    Set<String> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(file -> names.add(folder.relativize(file).toString()));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
