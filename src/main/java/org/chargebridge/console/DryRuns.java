package org.chargebridge.console;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.intake.DryRun;
import org.chargebridge.intake.FileNames;
import org.chargebridge.intake.ReceivedFile;
import org.chargebridge.intake.SpoolFile;
import org.chargebridge.intake.SpoolFull;
import org.chargebridge.ledger.LedgerTrouble;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionException;
import org.springframework.util.unit.DataSize;

/** Tries files: tells what they would do, and does nothing of it. */
@Service
public class DryRuns {

    /** @param forecast empty where the file could not be tried; the result says why */
    public record Tried(Result result, Optional<DryRun.Forecast> forecast) {}

    private final Channels channels;
    private final SpoolFile spool;
    private final DryRun dryRun;
    private final DryRunSettings settings;
    private final Clock clock;

    DryRuns(Channels channels, SpoolFile spool, DryRun dryRun, DryRunSettings settings, Clock clock) {
        this.channels = channels;
        this.spool = spool;
        this.dryRun = dryRun;
        this.settings = settings;
        this.clock = clock;
    }

    /** The largest file that is tried. */
    public DataSize sizeMax() {
        return settings.sizeMax();
    }

    /**
     * Tells what a file would do if it lay on the channel's server now.
     *
     * @param given the file's name; a path before it is left out
     * @param size in bytes
     * @param lines how many lines the forecast shows
     * @throws IOException where its bytes could not be read to their end
     */
    public Tried run(String channel, String given, long size, InputStream content, int lines) throws IOException {
        String name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        Optional<Result> wrong = wrong(channel, name, size);
        if (wrong.isPresent()) {
            return new Tried(wrong.get(), Optional.empty());
        }
        ReceivedFile received;
        try {
            received = spool.spool(channel, name, size, clock.instant().toEpochMilli(), content);
        } catch (SpoolFull full) {
            return notPossible(OutcomeSentence.FILE_NOT_TRIED.of(full.getMessage() + "."));
        }
        try {
            DryRun.Forecast forecast = dryRun.judge(received, lines);
            return new Tried(Result.done(OutcomeSentence.FILE_TRIED.of()), Optional.of(forecast));
        } catch (TransientDataAccessException | DuplicateKeyException busy) {
            // Another source of the sales unit may record the same external id meanwhile.
            return notPossible(OutcomeSentence.CHANNEL_BUSY.of(channel));
        } catch (DataAccessException | TransactionException failure) {
            LedgerTrouble trouble = LedgerTrouble.of(failure).orElseThrow(() -> failure);
            return notPossible(OutcomeSentence.FILE_NOT_TRIED.of(trouble.text() + ". " + trouble.remedy()));
        } finally {
            spool.remove(received);
        }
    }

    private static Tried notPossible(OrderOutcome why) {
        return new Tried(Result.notPossible(why), Optional.empty());
    }

    private Optional<Result> wrong(String channel, String name, long size) {
        if (!channels.has(channel)) {
            return Optional.of(Result.notFound(OutcomeSentence.NO_CHANNEL.of()));
        }
        if (name.isBlank() || size == 0) {
            return Optional.of(Result.invalid(OutcomeSentence.FILE_EMPTY.of()));
        }
        if (size > settings.sizeMax().toBytes()) {
            return Optional.of(Result.invalid(
                    OutcomeSentence.FILE_TOO_LARGE.of(size, settings.sizeMax().toBytes())));
        }
        if (FileNames.isHidden(name)) {
            return Optional.of(Result.invalid(OutcomeSentence.NAME_HIDDEN.of()));
        }
        return FileNames.refusal(name).map(why -> Result.invalid(OutcomeSentence.NAME_REFUSED.of(why)));
    }
}
