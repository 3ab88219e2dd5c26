package normlab.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** Written by the configuration of the stack's processes, and read back. */
class EventLogsTest {
    private static final String KEY = "0123456789abcdef";

    private final LoggerContext context = new LoggerContext();

    @TempDir
    Path folder;

    private Logger logger(String process) throws JoranException {
        context.reset();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty(
                "normlab.log.file", folder.resolve(process + ".jsonl").toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(EventLogsTest.class.getResource("/logback-process.xml")));
        return context.getLogger("normlab.Test");
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void eventsOfAllProcessesAreReadInTheOrderOfTimeAndOnce() throws Exception {
        logger("slot-1").info("epoch {}", 1);
        logger("coordinator").info("planned");
        EventLogs logs = new EventLogs(folder);

        assertThat(logs.next("")).extracting(LogEvent::message).containsExactly("epoch 1", "planned");
        assertThat(logs.next("")).isEmpty();

        logger("slot-1").error("lost", new IOException("connection reset"));

        assertThat(logs.next("")).singleElement().satisfies(event -> {
            assertThat(event.process()).isEqualTo("slot-1");
            assertThat(event.text()).contains("ERROR").contains("lost: connection reset");
        });
    }

    @Test
    void anEventBelongsToTheRunAndTheTrialThatItsThreadWorkedOn() throws Exception {
        Logger logger = logger("slot-1");
        context.getMDCAdapter().put("run", "quick-1");
        context.getMDCAdapter().put("trial", KEY);
        context.getMDCAdapter().put("attempt", "2");
        logger.info("train begins");
        context.getMDCAdapter().clear();
        logger.info("nobody's");

        assertThat(new EventLogs(folder).next("quick-1")).hasSize(1);
        assertThat(new EventLogs(folder).next("quick-2")).isEmpty();
        assertThat(new EventLogs(folder).next("0123"))
                .singleElement()
                .extracting(LogEvent::text)
                .asString()
                .contains("0123456789ab#2 train begins");
    }

    @Test
    void halfALineWaitsForItsOtherHalf() throws Exception {
        logger("slot-1").info("whole");
        EventLogs logs = new EventLogs(folder);
        logs.next("");
        Path file = folder.resolve("slot-1.jsonl");
        Files.writeString(file, "{\"timestamp\":1,\"formattedMessage\":\"ha", StandardOpenOption.APPEND);

        assertThat(logs.next("")).isEmpty();

        Files.writeString(file, "lf\"}\n", StandardOpenOption.APPEND);
        assertThat(logs.next("")).extracting(LogEvent::message).containsExactly("half");
    }

    @Test
    void whatWasWrittenJustBeforeALogIsRotatedIsReadOnce() throws Exception {
        Path file = folder.resolve("slot-1.jsonl");
        Files.writeString(file, event("before"));
        EventLogs logs = new EventLogs(folder);
        assertThat(logs.next("")).extracting(LogEvent::message).containsExactly("before");

        Files.writeString(file, event("last"), StandardOpenOption.APPEND);
        Files.move(file, folder.resolve("slot-1.jsonl.1"));
        Files.writeString(file, event("first, in a file that is longer than the one that was read before"));

        assertThat(logs.next(""))
                .extracting(LogEvent::message)
                .containsExactly("first, in a file that is longer than the one that was read before", "last");
        assertThat(logs.next("")).isEmpty();
    }

    private static String event(String message) {
        return "{\"timestamp\":1,\"formattedMessage\":\"%s\"}\n".formatted(message);
    }

    @Test
    void aHostileNameCannotCommandTheTerminal() throws Exception {
        logger("slot-1").info("experiment {}", "\u001b]0;owned\u0007\u009b2J\r\nforged\u2028line\u202e");

        assertThat(new EventLogs(folder).next("")).singleElement().satisfies(event -> {
            assertThat(event.text()).endsWith("experiment  ]0;owned  2J  forged line ");
            assertThat(event.json())
                    .contains("\\u001B]0;owned\\u0007\\u009B2J\\r\\nforged\\u2028line\\u202E")
                    .doesNotContain("attempt", "trial");
        });
    }
}
