package normlab.app.log;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import normlab.json.InvalidInputException;

/** The event logs in a folder, one a process, read together in the order of time; each call reads on from the last. */
public final class EventLogs {
    private static final String SUFFIX = ".jsonl";

    private final Path folder;
    private final Map<Path, Long> read = new HashMap<>();

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
        for (Path file : files(read.isEmpty())) {
            for (String line : newLines(file)) {
                addTo(events, file, line, subject);
            }
        }
        events.sort(Comparator.comparing(LogEvent::at));
        return events;
    }

    private List<Path> files(boolean rotatedToo) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX)
                            || rotatedToo && file.toString().contains(SUFFIX + "."))
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
            // Nothing can be told from it.
        }
    }

    /** Whole lines only; a file that is shorter than it was has been rotated. */
    private List<String> newLines(Path file) {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            long from = read.getOrDefault(file, 0L);
            log.seek(from <= log.length() ? from : 0);
            byte[] bytes = new byte[Math.toIntExact(log.length() - log.getFilePointer())];
            log.readFully(bytes);
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            read.put(file, log.getFilePointer() - bytes.length + end);
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
