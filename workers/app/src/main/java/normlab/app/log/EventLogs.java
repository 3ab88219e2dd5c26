package normlab.app.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import normlab.json.InvalidInputException;

/** The event logs in a folder, one a process, read together in the order of time; each call reads on from the last. */
public final class EventLogs {
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    /** By file, whatever it is called since: a log that is rotated gets another name. */
    private final Map<Object, Long> read = new HashMap<>();

    public EventLogs(Path folder) {
        this.folder = folder;
    }

    /**
     * What has been logged since the last call; at the first call everything, logs that were rotated included.
     *
     * @param subject a campaign, or the beginning of a trial's key; empty for everything
     */
    public List<LogEvent> next(String subject) {
        List<LogEvent> events = new ArrayList<>();
        for (Path file : files()) {
            for (String line : newLines(file)) {
                addTo(events, file, line, subject);
            }
        }
        events.sort(Comparator.comparing(LogEvent::at));
        return events;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> (file + ".").contains(SUFFIX + "."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    private static void addTo(List<LogEvent> events, Path file, String line, String subject) {
        String name = String.valueOf(file.getFileName());
        try {
            LogEvent event = LogEvent.parse(name.substring(0, name.indexOf(SUFFIX)), line);
            if (event.isAbout(subject)) {
                events.add(event);
            }
        } catch (InvalidInputException halfALineOfAKilledProcess) {
            // It says nothing.
        }
    }

    /**
     * Whole lines only. A file that is shorter than what was read of it is a new one, which the system gave the identity of a
     * deleted one.
     */
    private List<String> newLines(Path file) {
        try {
            Object identity = identity(file);
            try (SeekableByteChannel log = Files.newByteChannel(file)) {
                // One that was rotated meanwhile is read at the next call.
                return identity.equals(identity(file)) ? newLines(log, identity) : List.of();
            }
        } catch (NoSuchFileException rotatedAway) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private List<String> newLines(SeekableByteChannel log, Object identity) throws IOException {
        long known = read.getOrDefault(identity, 0L);
        long from = known <= log.size() ? known : 0;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(log.size() - from));
        log.position(from);
        while (bytes.hasRemaining() && log.read(bytes) >= 0) {}
        int end = bytes.position();
        while (end > 0 && bytes.get(end - 1) != '\n') {
            end--;
        }
        read.put(identity, from + end);
        return new String(bytes.array(), 0, end, StandardCharsets.UTF_8).lines().toList();
    }

    private static Object identity(Path file) throws IOException {
        return Optional.ofNullable(
                        Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .orElse(file);
    }
}
