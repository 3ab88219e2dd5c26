package normlab.app.worker;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.CyclicBufferAppender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The last events that this process logged, kept in memory: what a failure is reported with, whatever the log level. */
final class RecentEvents {
    private static final int EVENTS = 256;

    private final CyclicBufferAppender<ILoggingEvent> buffer = new CyclicBufferAppender<>();

    private RecentEvents() {}

    /** Listens from now on. */
    static RecentEvents listening() {
        RecentEvents events = new RecentEvents();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            events.buffer.setContext(context);
            events.buffer.setMaxSize(EVENTS);
            events.buffer.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(events.buffer);
        }
        return events;
    }

    /**
     * A line for each event, oldest first.
     *
     * @param trial key of the trial that they belong to
     */
    List<String> of(String trial) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < buffer.getLength(); i++) {
            ILoggingEvent event = buffer.get(i);
            if (event != null && trial.equals(event.getMDCPropertyMap().get("trial"))) {
                lines.add("%s %-5s %s".formatted(event.getInstant(), event.getLevel(), event.getFormattedMessage()));
            }
        }
        return lines;
    }
}
