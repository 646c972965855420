package org.chargebridge.intake;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chargebridge.agreement.KeyType;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Answer;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.intake.format.Column;
import org.chargebridge.intake.format.Entry;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.ledger.AgreementMappings.Mapping;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetters;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.MappingFiles;
import org.chargebridge.ledger.MappingFiles.Answered;
import org.chargebridge.ledger.MappingFiles.Related;
import org.chargebridge.ledger.MappingFiles.Repointed;
import org.springframework.stereotype.Component;

/** Records a mapping table: which agreement pays for a customer or KID (MR20). */
@Component
class MappingIntake {

    private static final int CHUNK = 2_000;
    private static final int KEY_LENGTH = 64;
    private static final String KEY_TYPES =
            Stream.of(KeyType.values()).map(KeyType::name).collect(Collectors.joining(", "));
    private static final Pattern AGREEMENT_ID = Pattern.compile("agr_[A-Za-z0-9]{1,60}");
    private static final Pattern KID_PART = Pattern.compile("([1-9][0-9]?)-([1-9][0-9]?)=[0-9]+|[0-9]+");

    private final MappingFiles mappings;
    private final DeadLetters letters;

    MappingIntake(MappingFiles mappings, DeadLetters letters) {
        this.mappings = mappings;
        this.letters = letters;
    }

    /** Records the rows of a file, in the caller's transaction, and answers each. */
    FileAccount record(InboundFile file, Channel channel, InvoiceReader.Entries entries)
            throws FileRefused, IOException {
        int refusedOrAccepted = store(file, channel, entries);
        List<Related> repeated = mappings.takeOutRepeated(file.id());
        answer(file, Answer.DUPLICATE, repeated, Related::position, MappingIntake::repeated);
        List<Related> overlapping = mappings.takeOutOverlapping(file.id());
        answer(file, Answer.REFUSED, overlapping, Related::position, MappingIntake::overlap);
        List<Repointed> repointed = mappings.holdRepointed(file);
        answer(file, Answer.HELD, repointed, Repointed::position, MappingIntake::waits);
        repointed.forEach(row -> letters.open(letter(file, row)));
        return account(file, refusedOrAccepted);
    }

    private int store(InboundFile file, Channel channel, InvoiceReader.Entries entries)
            throws FileRefused, IOException {
        List<Mapping> rows = new ArrayList<>();
        List<Answered> answers = new ArrayList<>();
        int read = 0;
        for (Optional<Entry> next = entries.next(); next.isPresent(); next = entries.next()) {
            if (next.get() instanceof Entry.Row row) {
                read++;
                RecordFields fields = new RecordFields(
                        entries.layout(), row.cells(), channel.input().datePattern());
                Mapping mapping = mapping(file, row, fields);
                Optional<Reason> fault = fault(row, fields, channel.input().finalLineEndRequired());
                if (fault.isEmpty()) {
                    rows.add(mapping);
                }
                answers.add(new Answered(
                        row.position(),
                        fault.isEmpty() ? Answer.ACCEPTED : Answer.REFUSED,
                        fault.orElseGet(() -> Reason.of(ReasonCode.MAPPING_RECORDED, mapping.agreementId())),
                        mapping.key(),
                        mapping.agreementId(),
                        mapping.currency().orElse(channel.currency()).name(),
                        row.cells()));
            }
            if (answers.size() == CHUNK) {
                write(file, rows, answers);
            }
        }
        write(file, rows, answers);
        return read;
    }

    private void write(InboundFile file, List<Mapping> rows, List<Answered> answers) {
        mappings.store(file, rows);
        mappings.answer(file, answers);
        rows.clear();
        answers.clear();
    }

    private static Optional<Reason> fault(Entry.Row row, RecordFields fields, boolean lineEndRequired) {
        if (row.fault().isPresent()) {
            return row.fault();
        }
        return row.finished() || !lineEndRequired
                ? fields.fault()
                : Optional.of(Reason.of(ReasonCode.FINAL_LINE_UNFINISHED));
    }

    private static Mapping mapping(InboundFile file, Entry.Row row, RecordFields fields) {
        Optional<KeyType> type = KeyType.ofWord(fields.raw(Column.KEY_TYPE));
        if (type.isEmpty()) {
            fields.fault(
                    ReasonCode.MAPPING_KEY_TYPE_UNKNOWN,
                    Column.KEY_TYPE.heading(),
                    RecordFields.shown(fields.raw(Column.KEY_TYPE)),
                    KEY_TYPES);
        }
        String key = fields.number(Column.KEY, KEY_LENGTH, true);
        if (key.isEmpty()) {
            fields.fault(ReasonCode.FIELD_MISSING, Column.KEY.heading());
        }
        if (type.filter(KeyType.KID::equals).isPresent()) {
            key = key.replaceAll("[\\s\\u00A0]", "");
        }
        if (type.filter(KeyType.KID_CUSTOMER_PART::equals).isPresent() && !isKidPart(key)) {
            fields.fault(ReasonCode.MAPPING_INVALID, Column.KEY.heading(), Masked.tail(key));
        }
        String agreement = fields.raw(Column.AGREEMENT_ID);
        if (!AGREEMENT_ID.matcher(agreement).matches()) {
            fields.fault(ReasonCode.AGREEMENT_ID_MALFORMED, RecordFields.shown(agreement));
        }
        Optional<Currency> currency = Currency.ofCode(fields.raw(Column.CURRENCY));
        if (currency.isEmpty() && !fields.raw(Column.CURRENCY).isEmpty()) {
            fields.fault(ReasonCode.CURRENCY_NOT_SUPPORTED, RecordFields.shown(fields.raw(Column.CURRENCY)));
        }
        OptionalInt retryDays = fields.integer(Column.RETRY_DAYS, 0, Limits.RETRY_DAYS, ReasonCode.RETRY_DAYS_INVALID);
        Optional<LocalDate> from = fields.date(Column.VALID_FROM);
        Optional<LocalDate> to = fields.date(Column.VALID_TO);
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            invalid(fields, Column.VALID_TO);
        }
        return new Mapping(
                0,
                file.id(),
                row.position(),
                type.map(KeyType::name).orElse(""),
                key,
                agreement,
                currency,
                retryDays,
                from,
                to,
                true);
    }

    private static void invalid(RecordFields fields, Column column) {
        fields.fault(ReasonCode.MAPPING_INVALID, column.heading(), RecordFields.shown(fields.raw(column)));
    }

    private static boolean isKidPart(String key) {
        var matcher = KID_PART.matcher(key);
        if (!matcher.matches() || matcher.group(1) == null) {
            return matcher.matches();
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = Integer.parseInt(matcher.group(2));
        return to - from + 1 == key.length() - key.indexOf('=') - 1;
    }

    private <T> void answer(
            InboundFile file, Answer answer, List<T> rows, Function<T, Integer> position, Function<T, Reason> reason) {
        mappings.answerAnew(
                file.id(),
                answer,
                rows.stream().map(position).toList(),
                rows.stream().map(reason).toList());
    }

    private static Reason repeated(Related row) {
        return Reason.of(ReasonCode.ALREADY_RECORDED, row.fileName(), row.otherPosition());
    }

    private static Reason overlap(Related row) {
        return Reason.of(ReasonCode.MAPPING_OVERLAP, row.keyType(), Masked.tail(row.key()), row.otherPosition());
    }

    private static Reason waits(Repointed row) {
        return Reason.of(ReasonCode.MAPPING_WAITS_FOR_APPROVAL, row.before(), row.after());
    }

    private static DeadLetter letter(InboundFile file, Repointed row) {
        return new DeadLetter(
                0,
                DeadLetter.Kind.MAPPING,
                Optional.of(file.channel()),
                Optional.of(file.msn()),
                Optional.empty(),
                Optional.of(file.id()),
                Optional.of(row.position()),
                Optional.empty(),
                Optional.of(row.id()),
                waits(row),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private FileAccount account(InboundFile file, int read) {
        FileAccount account = new FileAccount();
        mappings.answers(file.id())
                .forEach((answer, count) -> account.add(answer.answer(), Optional.of(answer.reason()), count, 0));
        if (account.read() != read) {
            throw new IllegalStateException("of " + read + " rows " + account.read() + " were answered");
        }
        return account;
    }
}
