package dev.guidon.guard;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** A logging back end that does what it likes with each line, until it is closed. */
public final class FailingLog implements AutoCloseable {

    static {
        // Before several threads ask for a logger at once, who would get others than those that log later.
        LoggerFactory.getILoggerFactory();
    }

    private final Logger logger;
    private final AppenderBase<ILoggingEvent> appender;
    private final AtomicInteger lines = new AtomicInteger();

    /**
     * Begins.
     *
     * @param of whose lines
     * @param line what it does; what it throws reaches who logs
     */
    public FailingLog(Class<?> of, Consumer<ILoggingEvent> line) {
        logger = (Logger) LoggerFactory.getLogger(of);
        appender = new AppenderBase<>() {
            @Override
            public synchronized void doAppend(ILoggingEvent event) {
                lines.incrementAndGet();
                line.accept(event);
            }

            @Override
            protected void append(ILoggingEvent event) {
                // Not called.
            }
        };
        appender.start();
        logger.addAppender(appender);
    }

    /** How many lines have come. */
    public int lines() {
        return lines.get();
    }

    @Override
    public void close() {
        logger.detachAppender(appender);
    }
}
