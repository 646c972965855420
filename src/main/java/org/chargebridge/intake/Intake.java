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
import java.util.function.Supplier;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.killpoint.Killpoint;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.LongTransactions;
import org.chargebridge.ledger.LongTransactions.Patience;
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
    private final LongTransactions longTransactions;
    private final TransactionTemplate transactions;
    private final InboundFiles files;
    private final FileIntake fileIntake;
    private final OutboundFiles outbound;
    private final LineMeters meters;
    private final Clock clock;

    public Intake(
            Channels channels,
            LongTransactions longTransactions,
            TransactionTemplate transactions,
            InboundFiles files,
            FileIntake fileIntake,
            OutboundFiles outbound,
            LineMeters meters,
            Clock clock) {
        this.channels = channels;
        this.longTransactions = longTransactions;
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

    /**
     * The same for what is made under the lock of the channel's source, and so knows all that was recorded before it
     * (ER1). It may be asked to make it anew.
     */
    public DirectResult receiveDirectly(String channelName, Supplier<ReceivedFile> making) {
        Channel channel = channels.named(channelName);
        ReceivedFile[] made = new ReceivedFile[1];
        FileIntake.Taken taken = inTurn(channel, Patience.CALLER, () -> {
            files.lock(channel.sourceId());
            made[0] = making.get();
            return take(made[0], channel, archiveName(made[0]));
        });
        afterCommit(made[0], channel, taken);
        return new DirectResult(taken.file(), taken.before());
    }

    private FileIntake.Taken recorded(ReceivedFile received, String archiveName) {
        Channel channel = channels.named(received.channel());
        Patience patience = received.handling().direct() ? Patience.CALLER : Patience.FILE;
        FileIntake.Taken taken = inTurn(channel, patience, () -> take(received, channel, archiveName));
        afterCommit(received, channel, taken);
        return taken;
    }

    private void afterCommit(ReceivedFile received, Channel channel, FileIntake.Taken taken) {
        Killpoint.at("intake.after-commit");
        tell(received, channel, taken);
        fileIntake.analyze(taken);
    }

    private FileIntake.Taken inTurn(Channel channel, Patience patience, Supplier<FileIntake.Taken> take) {
        return longTransactions.record(channel.sourceId(), patience, () -> again(channel, take));
    }

    /**
     * Two sources of one sales unit may record the same external id at the same time. The later one finds out when it
     * writes; tried again it sees the id, and leaves it out (MR3).
     */
    private FileIntake.Taken again(Channel channel, Supplier<FileIntake.Taken> take) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transactions.execute(status -> take.get());
            } catch (DuplicateKeyException | PessimisticLockingFailureException clash) {
                if (attempt == ATTEMPTS_MAX) {
                    throw clash;
                }
                LOG.info(
                        "[{}] a file is recorded anew: another one of sales unit {} had the same external ids",
                        channel.name(),
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
                    && !received.handling().direct()
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
            meters.file(channel.name(), "REFUSED");
            return;
        }
        FileAccount account = taken.account().get();
        String before = taken.before() ? " (seen before)" : "";
        LOG.info(
                "[{}] {}{}: {}",
                channel.name(),
                name,
                before,
                account.told(channel.currency().name()).english());
        reason.ifPresent(held -> LOG.warn("[{}] {} is held as a whole: {}", channel.name(), name, LogText.of(held)));
        meters.file(channel.name(), taken.before() ? "DUPLICATE" : reason.isPresent() ? "HELD" : "RECORDED");
        if (!taken.before()) {
            meters.count(channel.name(), account);
        }
    }
}
