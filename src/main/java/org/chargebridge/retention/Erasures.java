package org.chargebridge.retention;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.PersonSearch;
import org.chargebridge.ledger.PersonSearch.Traces;
import org.chargebridge.ledger.PersonalData;
import org.chargebridge.ledger.PersonalData.Emptied;
import org.chargebridge.ledger.PersonalData.Open;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases what the ledger holds of a person, as far as it is not bookkeeping: descriptions, records as they came, phone
 * numbers, e-mail addresses, who the customer is to Vipps MobilePay, the keys that lead to the agreement, bodies of
 * requests. One transaction with its entry in the audit trail, which names no person. To ask twice erases nothing more.
 */
@Service
public class Erasures {

    private final PersonSearch search;
    private final PersonalData data;
    private final InboundFiles files;
    private final AuditTrail audit;
    private final RetentionSettings settings;
    private final TransactionTemplate transactions;

    Erasures(
            PersonSearch search,
            PersonalData data,
            InboundFiles files,
            AuditTrail audit,
            RetentionSettings settings,
            TransactionTemplate transactions) {
        this.search = search;
        this.data = data;
        this.files = files;
        this.audit = audit;
        this.settings = settings;
        this.transactions = transactions;
    }

    /** What would be erased, or why it cannot be; changes nothing. */
    public Erasure preview(Person person) {
        return Objects.requireNonNull(transactions.execute(status -> {
            status.setRollbackOnly();
            return checked(person).orElseGet(() -> {
                Traces traces = traces(person);
                return refusal(person, traces)
                        .orElseGet(() -> new Erasure.Preview(traces.lines().size(), traces.agreements()));
            });
        }));
    }

    /**
     * Erases a person. Refused while an agreement is active or anything about the person is not done: what is to be paid or
     * paid back must be known until then.
     *
     * @param actor the user who decides
     * @param reason for the audit trail, for example the number of the request; must not name the person
     */
    public Erasure erase(Person person, String actor, String reason) {
        Optional<Erasure> wrong = wrong(person, reason);
        return wrong.isPresent()
                ? wrong.get()
                : Objects.requireNonNull(transactions.execute(status -> {
                    Erasure erasure = checked(person).orElseGet(() -> eraseNow(person, actor, reason.strip()));
                    if (!(erasure instanceof Erasure.Erased)) {
                        status.setRollbackOnly();
                    }
                    return erasure;
                }));
    }

    private static Optional<Erasure> wrong(Person person, String reason) {
        if (!person.value().isEmpty() && squeezed(reason).contains(squeezed(person.value()))) {
            return refused(OutcomeSentence.ERASE_REASON_NAMES.of());
        }
        return Optional.empty();
    }

    private static String squeezed(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\s().+-]", "");
    }

    private Optional<Erasure> checked(Person person) {
        boolean digits = person.by() == Person.By.PHONE_NUMBER
                && person.value().replaceAll("\\D", "").length() < 8;
        if (person.value().isEmpty() || digits) {
            return refused(OutcomeSentence.ERASE_WHOM.of());
        }
        return files.boundSource(person.channel()).isEmpty() ? Optional.of(new Erasure.Unknown()) : Optional.empty();
    }

    private Traces traces(Person person) {
        String source = source(person);
        return switch (person.by()) {
            case CUSTOMER_NUMBER -> search.ofCustomer(source, person.value());
            case PHONE_NUMBER -> search.ofPhone(source, person.value());
            case AGREEMENT_ID -> search.ofAgreement(source, person.value());
        };
    }

    private String source(Person person) {
        return files.boundSource(person.channel()).orElseThrow();
    }

    private Optional<Erasure> refusal(Person person, Traces traces) {
        if (traces.lines().isEmpty() && !search.isKnown(source(person), traces)) {
            return Optional.of(new Erasure.Unknown());
        }
        Open open = data.open(source(person), traces);
        if (!open.activeAgreements().isEmpty()) {
            return refused(OutcomeSentence.ERASE_ACTIVE.of(String.join(", ", open.activeAgreements())));
        }
        if (open.lines() > 0) {
            return refused(OutcomeSentence.ERASE_OPEN.of(open.lines()));
        }
        return Optional.empty();
    }

    private Erasure eraseNow(Person person, String actor, String reason) {
        String source = source(person);
        Traces traces = traces(person);
        Optional<Erasure> refusal = refusal(person, traces);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Optional<Emptied> emptied = data.empty(source, traces);
        if (emptied.isEmpty()) {
            return new Erasure.Refused(OutcomeSentence.ERASE_BUSY.of());
        }
        long number = data.number();
        Emptied gone = emptied.get();
        Erasure.Erased erased = new Erasure.Erased(
                number, gone.lines(), gone.agreements(), gone.requests(), gone.files(), until(gone.newestFile()));
        audit.record(actor, "erase", "erasure " + number, reason, erased.message());
        return erased;
    }

    private Optional<LocalDate> until(Optional<LocalDate> newestFile) {
        return newestFile.flatMap(day -> settings.keepsFileBytes().map(day::plus));
    }

    private static Optional<Erasure> refused(OrderOutcome why) {
        return Optional.of(new Erasure.Refused(why));
    }
}
