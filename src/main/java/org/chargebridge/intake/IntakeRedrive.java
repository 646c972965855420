package org.chargebridge.intake;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Line;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;
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
    private final FileIntake intake;
    private final Rejudge rejudge;
    private final WaitingLines waiting;
    private final ReceiptRequests receipts;
    private final HeldBack heldBack;
    private final MappingApproval mappings;

    IntakeRedrive(
            Channels channels,
            InboundFiles files,
            FileIntake intake,
            Rejudge rejudge,
            WaitingLines waiting,
            ReceiptRequests receipts,
            HeldBack heldBack,
            MappingApproval mappings) {
        this.channels = channels;
        this.files = files;
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
    public String redrive(DeadLetter letter) throws NotPossible {
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
    public String discard(DeadLetter letter) throws NotPossible {
        InboundFile file = locked(letter);
        receipts.beforeNextRendering(file.id());
        return switch (letter.kind()) {
            case LINE -> {
                if (!heldBack.isHeld(letter)) {
                    waiting.drop(file.id(), letter.position().orElseThrow());
                }
                yield "The line is dropped; nothing is sent for it.";
            }
            case FILE -> {
                waiting.dropAll(file.id());
                files.settle(file.id(), InboundFile.State.REFUSED, file.reason());
                yield "The file is dropped; nothing of it is sent.";
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
    public String correctDueDate(DeadLetter letter, LocalDate due) throws NotPossible {
        return release(correctable(letter), letter, request -> request.unscheduled() ? request : request.dueOn(due));
    }

    @Override
    public String correctAgreement(DeadLetter letter, String agreementId) throws NotPossible {
        return release(correctable(letter), letter, request -> request.on(agreementId));
    }

    private InboundFile correctable(DeadLetter letter) throws NotPossible {
        InboundFile file = locked(letter);
        if (letter.kind() != DeadLetter.Kind.LINE
                || heldBack.isHeld(letter)
                || Releases.of(letter.reason().code()).isEmpty()) {
            throw new NotPossible("nothing in it can be corrected here; correct it in the ERP and send it again");
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
            throw new NotPossible("the channel " + file.channel()
                    + " is not configured any more; set it up again in chargebridge.channels, or discard the letter");
        }
        return channels.named(file.channel());
    }

    private String release(InboundFile file, DeadLetter letter, UnaryOperator<Request> correction) throws NotPossible {
        int position = letter.position().orElseThrow();
        List<WaitingLines.Waiting> held = waiting.at(file.id(), List.of(position));
        if (held.isEmpty() || held.get(0).answer() != Answer.HELD) {
            throw new NotPossible("the line is not held any more; its document was sent again or dropped since");
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
            throw new NotPossible("the document was recorded from another file since; discard this line");
        }
        receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
        Line line = changed.get(0);
        return line.answer() == Answer.ACCEPTED
                ? "The line is released and queued under order id "
                        + line.orderId().orElseThrow() + "."
                : "The line was judged again: " + line.answer() + ". "
                        + line.reason().map(IntakeRedrive::said).orElse("");
    }

    private static String cannotBeReleased(ReasonCode why) {
        return switch (why) {
            case CONFLICT ->
                "the document is recorded already with other content, and is never charged a second time; "
                        + "discard this line, or stop the first charge and let the ERP send a new document number";
            case CREDIT_NOTE ->
                "the document that it credits is not recorded; redrive it once that is accepted, or discard this line";
            case AGREEMENT_CHANGED ->
                "approve or discard the mapping row that it waits for; the line follows by itself";
            case ABOVE_MAX_PER_FILE -> "its whole file is held; redrive the letter of the file";
            default -> "a line held for " + why + " cannot be released; correct it and send it again";
        };
    }

    private String readAgain(InboundFile file) throws NotPossible {
        if (file.state() == InboundFile.State.RECORDED) {
            throw new NotPossible("the file was read since; it needs no person any more");
        }
        // Only a file that was held for its sum is released from that limit.
        FileIntake.Limit limit =
                file.state() == InboundFile.State.HELD ? FileIntake.Limit.RELEASED : FileIntake.Limit.CHECKED;
        Path bytes = null;
        try {
            bytes = Files.createTempFile("chargebridge-", ".spool");
            try (OutputStream out = Files.newOutputStream(bytes)) {
                files.copyBytes(file.id(), out);
            }
            Optional<FileAccount> account = intake.read(
                    file, file.name(), Files.size(bytes), bytes, channel(file), limit, ReceivedFile.Handling.FILE);
            InboundFile read = files.byId(file.id());
            if (account.isEmpty()) {
                throw new NotPossible("the file is still refused: "
                        + read.reason().map(IntakeRedrive::said).orElse(""));
            }
            receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
            return "The file is read: "
                    + account.get().told(channel(file).currency().name()) + ".";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(bytes);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String said(Reason reason) {
        return ReasonTexts.text(reason, Locale.ENGLISH) + " " + ReasonTexts.remedy(reason, Locale.ENGLISH);
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

        String approve(InboundFile file, DeadLetter letter) throws NotPossible {
            Mapping row = waiting(letter);
            mappings.approve(row.id());
            answer(file, row, Answer.ACCEPTED, Reason.of(ReasonCode.MAPPING_RECORDED, row.agreementId()));
            return "The new agreement holds from now on; " + lines(file) + " judged again.";
        }

        String reject(InboundFile file, DeadLetter letter) throws NotPossible {
            Mapping row = waiting(letter);
            mappings.reject(row.id());
            answer(file, row, Answer.IGNORED, Reason.of(ReasonCode.DISCARDED, "-"));
            return "The agreement stays as it was; " + lines(file) + " judged again.";
        }

        private Mapping waiting(DeadLetter letter) throws NotPossible {
            return mappings.waiting(letter.mappingId().orElseThrow())
                    .orElseThrow(() -> new NotPossible("the row does not wait for approval any more"));
        }

        private void answer(InboundFile file, Mapping row, Answer answer, Reason reason) {
            answers.answerAnew(file.id(), answer, List.of(row.position()), List.of(reason));
            receipts.requestAnew(file.id(), FileIntake.stem(file.name()));
        }

        private String lines(InboundFile file) {
            int changed = intake.agreementsChanged(file.sourceId());
            return changed == 1 ? "1 waiting line was" : changed + " waiting lines were";
        }
    }
}
