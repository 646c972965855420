package org.chargebridge.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.channel.NodeDisk;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.AgreementMappings;
import org.chargebridge.ledger.AgreementMappings.Mapping;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterHandler;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.MappingFiles;
import org.chargebridge.ledger.ReceiptRequests;
import org.chargebridge.ledger.WaitingLines;
import org.springframework.stereotype.Component;

/**
 * What a person can do about a line or file that was held or refused at intake, and a mapping that waits for approval.
 */
@Component
class IntakeRedrive implements DeadLetterHandler {

    private final Channels channels;
    private final InboundFiles files;
    private final SpoolFile spool;
    private final FileIntake intake;
    private final Rejudge rejudge;
    private final WaitingLines waiting;
    private final ReceiptRequests receipts;
    private final HeldBack heldBack;
    private final MappingApproval mappings;

    IntakeRedrive(
            Channels channels,
            InboundFiles files,
            SpoolFile spool,
            FileIntake intake,
            Rejudge rejudge,
            WaitingLines waiting,
            ReceiptRequests receipts,
            HeldBack heldBack,
            MappingApproval mappings) {
        this.channels = channels;
        this.files = files;
        this.spool = spool;
        this.intake = intake;
        this.rejudge = rejudge;
        this.waiting = waiting;
        this.receipts = receipts;
        this.heldBack = heldBack;
        this.mappings = mappings;
    }

    @Override
    public Set<DeadLetter.Kind> kinds() {
        return Set.of(DeadLetter.Kind.LINE, DeadLetter.Kind.FILE, DeadLetter.Kind.MAPPING);
    }

    @Override
    public void lock(DeadLetter letter) {
        InboundFile file = files.byId(letter.fileId().orElseThrow());
        files.lock(file.sourceId());
    }

    @Override
    public OrderOutcome redrive(DeadLetter letter) throws NotPossible {
        InboundFile file = locked(letter);
        return switch (letter.kind()) {
            case LINE ->
                heldBack.isHeld(letter) ? heldBack.release(letter) : release(file, letter, UnaryOperator.identity());
            case FILE -> readAgain(file);
            case MAPPING -> mappings.approve(file, letter);
            case CHARGE, OPERATION, ROUTE ->
                throw new IllegalArgumentException("not a letter of intake: " + letter.kind());
        };
    }

    @Override
    public OrderOutcome discard(DeadLetter letter) throws NotPossible {
        InboundFile file = locked(letter);
        receipts.beforeNextRendering(file.id());
        return switch (letter.kind()) {
            case LINE -> {
                if (heldBack.isHeld(letter)) {
                    heldBack.giveUp(letter);
                } else if (waiting.drop(file.id(), letter.position().orElseThrow())) {
                    receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
                }
                yield OutcomeSentence.LINE_DROPPED.of();
            }
            case FILE -> {
                waiting.dropAll(file.id());
                files.settle(file.id(), InboundFile.State.REFUSED, file.reason());
                if (file.state() == InboundFile.State.HELD) {
                    receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
                }
                yield OutcomeSentence.FILE_DROPPED.of();
            }
            case MAPPING -> mappings.reject(file, letter);
            case CHARGE, OPERATION, ROUTE ->
                throw new IllegalArgumentException("not a letter of intake: " + letter.kind());
        };
    }

    @Override
    public Set<Decision> possible(DeadLetter letter) {
        Set<Decision> possible = EnumSet.of(Decision.DISCARD);
        ReasonCode why = letter.reason().code();
        if (letter.kind() != DeadLetter.Kind.LINE || heldBack.isHeld(letter) || why == ReasonCode.CREDIT_NOTE) {
            possible.add(Decision.REDRIVE);
        } else if (Releases.of(why).isPresent()) {
            possible.add(Decision.REDRIVE);
            possible.add(Decision.CORRECT_DUE_DATE);
            possible.add(Decision.CORRECT_AGREEMENT);
        }
        return possible;
    }

    @Override
    public OrderOutcome correctDueDate(DeadLetter letter, LocalDate due) throws NotPossible {
        return release(correctable(letter), letter, request -> request.unscheduled() ? request : request.dueOn(due));
    }

    @Override
    public OrderOutcome correctAgreement(DeadLetter letter, String agreementId) throws NotPossible {
        return release(correctable(letter), letter, request -> request.on(agreementId));
    }

    private InboundFile correctable(DeadLetter letter) throws NotPossible {
        InboundFile file = locked(letter);
        if (letter.kind() != DeadLetter.Kind.LINE
                || heldBack.isHeld(letter)
                || Releases.of(letter.reason().code()).isEmpty()) {
            throw new NotPossible(OutcomeSentence.LINE_NOT_CORRECTABLE.of());
        }
        return file;
    }

    private InboundFile locked(DeadLetter letter) throws NotPossible {
        InboundFile file = files.byId(letter.fileId().orElseThrow());
        channel(file);
        files.lock(file.sourceId());
        return files.byId(file.id());
    }

    private Channel channel(InboundFile file) throws NotPossible {
        if (!channels.has(file.channel())) {
            throw new NotPossible(OutcomeSentence.CHANNEL_GONE.of(file.channel()));
        }
        return channels.named(file.channel());
    }

    private OrderOutcome release(InboundFile file, DeadLetter letter, UnaryOperator<Request> correction)
            throws NotPossible {
        int position = letter.position().orElseThrow();
        List<WaitingLines.Waiting> held = waiting.at(file.id(), List.of(position));
        if (held.isEmpty() || held.get(0).answer() != Answer.HELD) {
            throw new NotPossible(OutcomeSentence.LINE_NOT_HELD.of());
        }
        ReasonCode why = held.get(0).reason();
        // A credit note goes on when the document that it names is recorded since.
        Releases releases = why == ReasonCode.CREDIT_NOTE
                ? Releases.NONE
                : Releases.of(why).orElseThrow(() -> new NotPossible(cannotBeReleased(why)));
        List<Line> changed =
                rejudge.judge(file, channel(file), line -> line.position() == position, releases, correction);
        if (changed.isEmpty() && why == ReasonCode.CREDIT_NOTE) {
            throw new NotPossible(cannotBeReleased(why));
        }
        if (changed.isEmpty()) {
            throw new NotPossible(OutcomeSentence.RECORDED_ELSEWHERE.of());
        }
        receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
        Line line = changed.get(0);
        return line.answer() == Answer.ACCEPTED
                ? OutcomeSentence.LINE_RELEASED.of(line.orderId().orElseThrow())
                : OutcomeSentence.LINE_JUDGED_AGAIN.of(line.answer(), orNothing(line.reason()));
    }

    private static OrderOutcome cannotBeReleased(ReasonCode why) {
        return switch (why) {
            case CONFLICT -> OutcomeSentence.LINE_IN_CONFLICT.of();
            case CREDIT_NOTE -> OutcomeSentence.CREDITED_NOT_RECORDED.of();
            case AGREEMENT_CHANGED -> OutcomeSentence.WAITS_FOR_MAPPING.of();
            case ABOVE_MAX_PER_FILE -> OutcomeSentence.WHOLE_FILE_HELD.of();
            default -> OutcomeSentence.LINE_NOT_RELEASABLE.of(why.name());
        };
    }

    private OrderOutcome readAgain(InboundFile file) throws NotPossible {
        if (file.state() == InboundFile.State.RECORDED) {
            throw new NotPossible(OutcomeSentence.FILE_READ_SINCE.of());
        }
        // Only a file that was held for its sum is released from that limit.
        FileIntake.Limit limit =
                file.state() == InboundFile.State.HELD ? FileIntake.Limit.RELEASED : FileIntake.Limit.CHECKED;
        Path bytes = spool.place(file.channel());
        try {
            try (OutputStream out = Files.newOutputStream(bytes)) {
                files.copyBytes(file.id(), out);
            }
            Optional<FileAccount> account = intake.read(
                    file, file.name(), Files.size(bytes), bytes, channel(file), limit, ReceivedFile.Handling.FILE);
            InboundFile read = files.byId(file.id());
            if (account.isEmpty()) {
                throw new NotPossible(OutcomeSentence.FILE_STILL_REFUSED.of(orNothing(read.reason())));
            }
            receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
            return OutcomeSentence.FILE_READ.of(
                    account.get().told(channel(file).currency().name()));
        } catch (IOException e) {
            throw unread(e);
        } catch (UncheckedIOException e) {
            throw unread(e.getCause());
        } finally {
            delete(bytes);
        }
    }

    private static NotPossible unread(IOException failure) {
        return NodeDisk.trouble(failure)
                .map(trouble -> new NotPossible(OutcomeSentence.FILE_NOT_READ.of(trouble + ".")))
                .orElseThrow(() -> new UncheckedIOException(failure));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object orNothing(Optional<Reason> reason) {
        return reason.<Object>map(given -> given).orElse("");
    }

    /** A key that points to another agreement since. */
    @Component
    static class MappingApproval {
        private final AgreementMappings mappings;
        private final MappingFiles answers;
        private final FileIntake intake;
        private final ReceiptRequests receipts;

        MappingApproval(AgreementMappings mappings, MappingFiles answers, FileIntake intake, ReceiptRequests receipts) {
            this.mappings = mappings;
            this.answers = answers;
            this.intake = intake;
            this.receipts = receipts;
        }

        OrderOutcome approve(InboundFile file, DeadLetter letter) throws NotPossible {
            Mapping row = waiting(letter);
            mappings.approve(row.id());
            answer(file, row, Answer.ACCEPTED, Reason.of(ReasonCode.MAPPING_RECORDED, row.agreementId()));
            return OutcomeSentence.MAPPING_APPROVED.of(lines(file));
        }

        OrderOutcome reject(InboundFile file, DeadLetter letter) throws NotPossible {
            Mapping row = waiting(letter);
            mappings.reject(row.id());
            answer(file, row, Answer.IGNORED, Reason.of(ReasonCode.DISCARDED, "-"));
            return OutcomeSentence.MAPPING_REFUSED.of(lines(file));
        }

        private Mapping waiting(DeadLetter letter) throws NotPossible {
            return mappings.waiting(letter.mappingId().orElseThrow())
                    .orElseThrow(() -> new NotPossible(OutcomeSentence.MAPPING_DECIDED.of()));
        }

        private void answer(InboundFile file, Mapping row, Answer answer, Reason reason) {
            answers.answerAnew(file.id(), answer, List.of(row.position()), List.of(reason));
            receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
        }

        private OrderOutcome lines(InboundFile file) {
            int changed = intake.agreementsChanged(file.sourceId());
            return changed == 1 ? OutcomeSentence.ONE_WAITING_LINE.of() : OutcomeSentence.WAITING_LINES.of(changed);
        }
    }
}
