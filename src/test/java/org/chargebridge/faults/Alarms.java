package org.chargebridge.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Every line that a person on duty would be woken by: warnings and errors of the gateway, not of its simulator. */
final class Alarms extends AppenderBase<ILoggingEvent> {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** To be called after each start of the gateway, which sets logging up anew. */
    void listen() {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        setContext(root.getLoggerContext());
        start();
        root.addAppender(this);
    }

    void leave() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)
                && !event.getLoggerName().startsWith("org.chargebridge.simulator")) {
            lines.add(event.getFormattedMessage());
        }
    }

    /** Lines that name this, in order. */
    List<String> naming(String what) {
        return lines.stream().filter(line -> line.contains(what)).toList();
    }

    List<String> all() {
        return List.copyOf(lines);
    }
}
