package dev.guidon.store;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What the file store logs from now on. */
final class LoggedLines implements AutoCloseable {

    private final Logger logger = (Logger) LoggerFactory.getLogger(FileFlagStore.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    LoggedLines() {
        logger.setLevel(Level.INFO);
        appender.start();
        logger.addAppender(appender);
    }

    List<String> at(Level level) {
        synchronized (appender) {
            return List.copyOf(appender.list).stream()
                    .filter(event -> event.getLevel() == level)
                    .map(ILoggingEvent::getFormattedMessage)
                    .toList();
        }
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
        logger.setLevel(null);
    }
}
