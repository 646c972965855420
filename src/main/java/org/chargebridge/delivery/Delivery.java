package org.chargebridge.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.chargebridge.channel.Channels;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The steps by which an outbound file reaches its ERP, each one call of the route {@code deliver-files}. Every step may
 * be the last one that this node does: what the next attempt finds in the ledger and on the server decides how it goes
 * on, and after VERIFIED nothing is uploaded again. A channel's steps run on one thread.
 */
@Component("delivery")
public class Delivery implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final String PART_PREFIX = ".part-";
    private static final int RENEWALS_PER_LEASE = 3;

    private final OutboundFiles files;
    private final Channels channels;
    private final CamelContext context;
    private final DeliverySettings settings;
    private final Clock clock;
    private final Outages outages;
    private final String node = "pid " + ProcessHandle.current().pid();
    private final Map<String, Timer> uploads = new ConcurrentHashMap<>();
    private final Map<String, RemoteServer> servers = new ConcurrentHashMap<>();

    Delivery(
            OutboundFiles files,
            Channels channels,
            CamelContext context,
            DeliverySettings settings,
            Clock clock,
            MeterRegistry meters) {
        channels.all()
                .forEach(channel -> uploads.put(
                        channel.name(),
                        Timer.builder("chargebridge.sftp.upload")
                                .description("How long the bytes of a file take to the ERP's server")
                                .tag("channel", channel.name())
                                .register(meters)));
        this.files = files;
        this.channels = channels;
        this.context = context;
        this.settings = settings;
        this.clock = clock;
        this.outages = new Outages(settings);
    }

    /** The channel's next file; the connection is closed when there is none. */
    public Optional<OutboundFile> lease(String channel) {
        Optional<OutboundFile> file = files.lease(channel, node, settings.lease());
        if (file.isEmpty()) {
            disconnect(channel);
        }
        return file.map(found -> MovedDirectories.instead(found, channels.named(channel))
                .map(directory -> files.moved(found, directory))
                .orElse(found));
    }

    /**
     * What is still to be done for a file, by the ledger and by what lies on the server.
     *
     * @throws DeliveryFailure if the server cannot tell, or has other bytes under the file's name
     */
    public NextStep look(OutboundFile file) throws DeliveryFailure {
        RemoteServer server = connection(file);
        if (server.isOurs(file.directory())) {
            // Each is made with the first file that goes there.
            server.makeDirectory(file.directory());
        }
        Map<String, Long> sizes = server.sizes(file.directory(), part(file), file.name());
        boolean hasPart = sizes.containsKey(part(file));
        boolean renamed = !file.isRendered() && !hasPart;
        if (renamed) {
            // Whether the ERP has taken it meanwhile or not.
            return NextStep.NONE;
        }
        if (sizes.containsKey(file.name())) {
            requireSameBytes(server, file, sizes.get(file.name()));
            if (hasPart) {
                server.delete(path(file, part(file)));
            }
            return NextStep.NONE;
        }
        return file.isRendered() ? NextStep.UPLOAD : NextStep.RENAME;
    }

    private void requireSameBytes(RemoteServer server, OutboundFile file, long size) throws DeliveryFailure {
        boolean same = size == file.size()
                && server.read(path(file, file.name()), renewal(file)).sha256().equals(file.sha256());
        if (!same) {
            throw nameTaken(file);
        }
    }

    private static DeliveryFailure nameTaken(OutboundFile file) {
        return new DeliveryFailure(
                DeliveryFailure.Scope.FILE,
                "another file lies under the name " + path(file, file.name()) + " on the SFTP server of channel "
                        + file.channel() + ", and is left alone: move it away, then this one is delivered.");
    }

    /** Writes the file under its temporary name, over what an earlier attempt left there. */
    public void upload(OutboundFile file) throws DeliveryFailure {
        RemoteServer.Progress renewal = renewal(file);
        files.renew(file, settings.lease());
        RemoteServer server = connection(file);
        long began = System.nanoTime();
        server.store(path(file, part(file)), new LeasedStream(files.content(file), renewal), file.size());
        uploads.get(file.channel()).record(Duration.ofNanos(System.nanoTime() - began));
        Killpoint.at(isReport(file) ? "report.after-temp-upload" : "receipt.after-temp-upload");
    }

    /** @throws DeliveryFailure if what the server has is not what was rendered */
    public void readBack(OutboundFile file) throws DeliveryFailure {
        RemoteServer.Content content = readPart(file);
        if (content.size() != file.size() || !content.sha256().equals(file.sha256())) {
            throw new DeliveryFailure(
                    DeliveryFailure.Scope.FILE,
                    "what was read back of " + path(file, part(file)) + " on the SFTP server of channel "
                            + file.channel() + " is not what was sent (" + content.size() + " of " + file.size()
                            + " bytes): it is sent again; check the space there if this goes on.");
        }
        requirePart(file);
        Killpoint.at(isReport(file) ? "report.after-read-back" : "receipt.after-read-back");
    }

    private RemoteServer.Content readPart(OutboundFile file) throws DeliveryFailure {
        try {
            return again(file, server -> server.read(path(file, part(file)), renewal(file)));
        } catch (DeliveryFailure failed) {
            requirePart(file);
            throw failed;
        }
    }

    /** What somebody took away before it had its name would be taken later for what the ERP has taken. */
    private void requirePart(OutboundFile file) throws DeliveryFailure {
        if (!again(file, server -> server.sizes(file.directory(), part(file))).containsKey(part(file))) {
            throw new DeliveryFailure(
                    DeliveryFailure.Scope.FILE,
                    path(file, part(file)) + " was gone from the SFTP server of channel " + file.channel()
                            + " before it could be renamed: it is sent again. Let nothing there take or remove files"
                            + " whose names begin with " + PART_PREFIX + ", nor remove what was read.");
        }
    }

    /** A question to the server. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(RemoteServer server) throws DeliveryFailure;
    }

    /** Some servers end a connection after each file that was written or read. */
    private <T> T again(OutboundFile file, Question<T> question) throws DeliveryFailure {
        try {
            return question.ask(connection(file));
        } catch (DeliveryFailure failed) {
            if (connection(file).isConnected()) {
                throw failed;
            }
            disconnect(file.channel());
            return question.ask(connection(file));
        }
    }

    /** Commits that the bytes lie on the server whole. */
    public void markVerified(OutboundFile file) {
        files.verified(file);
        Killpoint.at("delivery.after-verified");
    }

    /** Gives the file its name: from here on the ERP sees it. */
    public void rename(OutboundFile file) throws DeliveryFailure {
        RemoteServer server = connection(file);
        // Some servers let a rename replace a file.
        if (server.sizes(file.directory(), file.name()).containsKey(file.name())) {
            throw nameTaken(file);
        }
        files.renew(file, settings.lease());
        try {
            server.rename(path(file, part(file)), path(file, file.name()));
        } catch (DeliveryFailure refused) {
            // Some servers do it and answer that they did not.
            Map<String, Long> sizes = server.sizes(file.directory(), part(file), file.name());
            if (sizes.containsKey(part(file)) || !sizes.containsKey(file.name())) {
                throw refused;
            }
            LOG.debug("{} was renamed, though the server said it was not", file.name(), refused);
        }
        Killpoint.at(isReport(file) ? "report.after-rename" : "receipt.after-rename");
    }

    /** Commits that the ERP has the file. */
    public void markDelivered(OutboundFile file) {
        Killpoint.at(isReport(file) ? "report.before-mark-reported" : "receipt.before-mark-sent");
        files.delivered(file);
        Killpoint.at(isReport(file) ? "report.after-mark-reported" : "receipt.after-mark-sent");
        outages.over(file.channel());
        outages.over(directory(file));
        outages.delivered(directory(file), file.name());
        LOG.info("{}: {} delivered to {}", file.channel(), file.name(), file.directory());
    }

    /** Gives the file back until later, and with it all that the failure concerns. */
    public void postpone(OutboundFile file, Exception failure) {
        disconnect(file.channel());
        Throwable cause = known(failure);
        try {
            if (cause instanceof OutboundFiles.LeaseLostException lost) {
                throw lost;
            }
            files.renew(file, settings.lease());
            postpone(file, cause, cause instanceof DeliveryFailure known ? known.scope() : DeliveryFailure.Scope.FILE);
        } catch (OutboundFiles.LeaseLostException lost) {
            LOG.info("{}: {}", file.channel(), lost.getMessage());
        }
    }

    /** The route wraps what a step throws. */
    private static Throwable known(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeliveryFailure || cause instanceof OutboundFiles.LeaseLostException) {
                return cause;
            }
        }
        return failure;
    }

    private void postpone(OutboundFile file, Throwable failure, DeliveryFailure.Scope scope) {
        String message = String.valueOf(failure.getMessage());
        Duration wait =
                switch (scope) {
                    case SERVER -> outages.failed(file.channel(), message);
                    case DIRECTORY -> outages.failed(directory(file), message);
                    case FILE -> failedAlone(file, message, failure);
                };
        // One moment for all: by a later one, the rest would wait longer than the file that failed.
        Instant next = clock.instant().plus(wait);
        files.postpone(file, message, next);
        if (scope != DeliveryFailure.Scope.FILE) {
            Optional<String> directory =
                    scope == DeliveryFailure.Scope.DIRECTORY ? Optional.of(file.directory()) : Optional.empty();
            files.postponeAll(file.channel(), directory, next);
        }
    }

    private Duration failedAlone(OutboundFile file, String message, Throwable failure) {
        if (outages.isNews(directory(file), file.name(), message)) {
            LOG.warn("{} of channel {} waits: {}", file.name(), file.channel(), message);
        }
        LOG.debug("{} of channel {}, attempt {}", file.name(), file.channel(), file.attempts() + 1, failure);
        return settings.backOff(file.attempts() + 1);
    }

    private RemoteServer connection(OutboundFile file) throws DeliveryFailure {
        RemoteServer open = servers.get(file.channel());
        if (open == null) {
            open = RemoteServer.connect(context, channels.named(file.channel()));
            servers.put(file.channel(), open);
            outages.over(file.channel());
        }
        return open;
    }

    private void disconnect(String channel) {
        RemoteServer open = servers.remove(channel);
        if (open != null) {
            open.close();
        }
    }

    /** Keeps the lease while bytes move, without asking the database for each of them. */
    private RemoteServer.Progress renewal(OutboundFile file) {
        long interval = settings.lease().dividedBy(RENEWALS_PER_LEASE).toNanos();
        long[] last = {System.nanoTime()};
        return () -> {
            if (System.nanoTime() - last[0] >= interval) {
                files.renew(file, settings.lease());
                last[0] = System.nanoTime();
            }
        };
    }

    private static boolean isReport(OutboundFile file) {
        return file.kind() == OutboundFile.Kind.STATUS;
    }

    private static String part(OutboundFile file) {
        return PART_PREFIX + file.name();
    }

    private static String path(OutboundFile file, String name) {
        return file.directory() + "/" + name;
    }

    private static String directory(OutboundFile file) {
        return file.channel() + ", directory " + file.directory();
    }

    @Override
    public void destroy() {
        servers.keySet().forEach(this::disconnect);
    }

    /** What a file still needs, besides being marked as delivered. */
    public enum NextStep {
        UPLOAD,
        RENAME,
        NONE
    }
}
