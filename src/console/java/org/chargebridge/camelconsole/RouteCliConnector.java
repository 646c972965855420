package org.chargebridge.camelconsole;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.camel.cli.connector.LocalCliConnector;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what the Camel CLI asks for where it only looks or starts and stops routes, and refuses to send, evaluate,
 * load, debug and the like.
 */
final class RouteCliConnector extends LocalCliConnector {

    private static final Logger LOG = LoggerFactory.getLogger(RouteCliConnector.class);
    private static final Set<String> CARRIED_OUT =
            Set.of("route", "trace", "top-processors", "route-controller", "thread-dump", "gc", "reset-stats");

    private final Path pidFile;
    private final Path actionFile;

    RouteCliConnector(CliConnectorFactory factory, Path directory) {
        super(factory);
        String pid = Long.toString(ProcessHandle.current().pid());
        this.pidFile = directory.resolve(pid);
        this.actionFile = directory.resolve(pid + "-action.json");
    }

    @Override
    protected void task() {
        // It asks for consoles and health checks, which makes beans: beside a start that is still making them, that one
        // fails.
        if (!getCamelContext().isStarted()) {
            return;
        }
        // Its absence means "camel stop", which stops Camel and leaves the process half alive.
        if (!Files.exists(pidFile)) {
            try {
                Files.createFile(pidFile);
                LOG.warn("The gateway is not stopped by the Camel CLI. Stop its service or its process.");
            } catch (IOException e) {
                LOG.debug("{} could not be made again", pidFile, e);
                return;
            }
        }
        super.task();
    }

    @Override
    public void sigterm() {
        LOG.warn("The gateway is not stopped by the Camel CLI. Stop its service or its process.");
    }

    @Override
    protected void actionTask() {
        String action = action(text());
        if (action.isEmpty()) {
            return;
        }
        if (isCarriedOut(action)) {
            super.actionTask();
        } else {
            LOG.warn("The Camel CLI asked for {}, which is not done here.", action.replaceAll("[^a-z-]", "?"));
            delete();
        }
    }

    static boolean isCarriedOut(String action) {
        return CARRIED_OUT.contains(action);
    }

    private String text() {
        try {
            return Files.exists(actionFile) ? Files.readString(actionFile) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Empty where there is none yet: it is read while it may be half written. */
    static String action(String text) {
        try {
            return !text.isBlank() && Jsoner.deserialize(text) instanceof JsonObject request
                    ? request.getStringOrDefault("action", "")
                    : "";
        } catch (DeserializationException halfWritten) {
            return "";
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(actionFile);
        } catch (IOException e) {
            LOG.debug("{} could not be deleted", actionFile, e);
        }
    }
}
