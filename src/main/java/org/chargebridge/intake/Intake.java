package org.chargebridge.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a spooled file into the ledger: everything that it says is recorded, with its answers, in one transaction, or
 * nothing is. A file that came before is answered as before, and harms nothing.
 */
@Component
public class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final String DONE = ".done";
    private static final String FAILED = ".failed";
    private static final int SHA_SHOWN = 8;
    private static final int ATTEMPTS_MAX = 3;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    /** Told once each: a file that cannot be archived comes again with every poll. */
    private final Set<String> leftOver = ConcurrentHashMap.newKeySet();

    private final Channels channels;
    private final TransactionTemplate transactions;
    private final InboundFiles files;
    private final FileIntake fileIntake;
    private final OutboundFiles outbound;
    private final LineMeters meters;
    private final Clock clock;

    public Intake(
            Channels channels,
            TransactionTemplate transactions,
            InboundFiles files,
            FileIntake fileIntake,
            OutboundFiles outbound,
            LineMeters meters,
            Clock clock) {
        this.channels = channels;
        this.transactions = transactions;
        this.files = files;
        this.fileIntake = fileIntake;
        this.outbound = outbound;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Records a file. Whatever this throws, nothing is recorded and the file is to be fetched again.
     *
     * @return where the file goes on the server: {@code .failed} where its content was refused as a whole
     */
    public IntakeResult receive(ReceivedFile received) {
        String archiveName = archiveName(received);
        FileIntake.Taken taken = recorded(received, archiveName);
        boolean refused = taken.file().state() == InboundFile.State.REFUSED;
        return new IntakeResult(refused ? FAILED : DONE, archiveName);
    }

    /**
     * Records a file whose sender waits for the answer. Whatever this throws, either nothing is recorded or all is:
     * the same bytes sent again are the same file, with the same answers.
     */
    public DirectResult receiveDirectly(ReceivedFile received) {
        FileIntake.Taken taken = recorded(received, archiveName(received));
        return new DirectResult(taken.file(), taken.before());
    }

    private FileIntake.Taken recorded(ReceivedFile received, String archiveName) {
        Channel channel = channels.named(received.channel());
        FileIntake.Taken taken = taken(received, channel, archiveName);
        Killpoint.at("intake.after-commit");
        tell(received, channel, taken);
        fileIntake.analyze(taken);
        return taken;
    }

    /**
     * Two sources of one sales unit may record the same external id at the same time. The later one finds out when it
     * writes; tried again it sees the id, and leaves it out (MR3).
     */
    private FileIntake.Taken taken(ReceivedFile received, Channel channel, String archiveName) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.execute(status -> take(received, channel, archiveName));
            } catch (DuplicateKeyException | PessimisticLockingFailureException clash) {
                if (attempt == ATTEMPTS_MAX) {
                    throw clash;
                }
                LOG.info(
                        "[{}] {} is recorded anew: another file of sales unit {} had the same external ids",
                        channel.name(),
                        LogText.of(received.name()),
                        channel.msn());
            }
        }
    }

    private FileIntake.Taken take(ReceivedFile received, Channel channel, String archiveName) {
        files.lock(channel.sourceId());
        Killpoint.at("intake.after-claim");
        SourceIdCheck.requireSame(channel, files.bindSource(channel.name(), channel.sourceId()));
        try {
            FileIntake.Taken taken = fileIntake.take(received, channel);
            if (taken.account().isEmpty()
                    && !taken.again()
                    && received.door() == ReceivedFile.Door.SFTP
                    && taken.file().reason().isPresent()) {
                explain(received, channel, archiveName, taken.file().reason().get());
            }
            Killpoint.at("intake.before-commit");
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException("the spool file of " + received.name() + " cannot be read", e);
        }
    }

    private String archiveName(ReceivedFile received) {
        return TIMESTAMP.format(clock.instant()) + "-" + received.sha256().substring(0, SHA_SHOWN) + "-"
                + received.name();
    }

    /** Puts a sentence for people beside a file refused as a whole. */
    private void explain(ReceivedFile received, Channel channel, String archiveName, Reason reason) {
        String text = received.name() + "\n\n" + ReasonTexts.inBoth(reason, channel.language()) + "\n";
        outbound.createText(
                channel.name(),
                OutboundFile.Kind.REASON,
                channel.sftp().outDirectory() + "/" + FAILED,
                archiveName + ".reason.txt",
                text.getBytes(StandardCharsets.UTF_8));
    }

    private void tell(ReceivedFile received, Channel channel, FileIntake.Taken taken) {
        String name = LogText.of(received.name());
        if (taken.again()) {
            if (leftOver.add(received.channel() + " " + received.path() + " " + received.sha256())) {
                LOG.info("[{}] {} lies there still, though it is recorded; it is archived now.", channel.name(), name);
            }
            return;
        }
        Optional<Reason> reason = taken.file().reason();
        if (taken.account().isEmpty()) {
            LOG.warn("[{}] {} is refused as a whole: {}", channel.name(), name, LogText.of(reason.orElseThrow()));
            return;
        }
        FileAccount account = taken.account().get();
        String before = taken.before() ? " (seen before)" : "";
        LOG.info(
                "[{}] {}{}: {}",
                channel.name(),
                name,
                before,
                account.told(channel.currency().name()));
        reason.ifPresent(held -> LOG.warn("[{}] {} is held as a whole: {}", channel.name(), name, LogText.of(held)));
        if (!taken.before()) {
            meters.count(channel.name(), account);
        }
    }
}
