package org.chargebridge.agreement;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chargebridge.charge.AgreementStatus;
import org.chargebridge.ledger.AgreementMappings;
import org.chargebridge.ledger.AgreementMappings.Mapping;
import org.chargebridge.ledger.KnownAgreements;
import org.springframework.stereotype.Component;

/** Finds the agreements of many lines with one query. */
@Component
public class Agreements {

    private static final String NONE = "-";

    private record Key(KeyType type, String text) {}

    private final AgreementMappings mappings;
    private final KnownAgreements known;

    public Agreements(AgreementMappings mappings, KnownAgreements known) {
        this.mappings = mappings;
        this.known = known;
    }

    /**
     * Which of these agreements are known not to be active, with the API's word for what they are. Of one that was never
     * shown nothing is said: it is charged, and the API answers.
     */
    public Map<String, String> notActive(String msn, Collection<Finding> findings, Collection<String> named) {
        Set<String> ids = new HashSet<>(named);
        findings.forEach(
                finding -> finding.fold(pays -> ids.add(pays.agreementId()), no -> false, no -> false, no -> false));
        Map<String, String> statuses = known.statuses(msn, ids);
        statuses.values().removeIf(word -> AgreementStatus.ofApi(word)
                .filter(status -> status != AgreementStatus.ACTIVE)
                .isEmpty());
        return statuses;
    }

    /** Looks up in the mapping table of one source, as it stands in the caller's transaction. */
    public Map<Question, Finding> find(String sourceId, Collection<Question> questions) {
        Map<Question, Finding> findings = new HashMap<>();
        if (questions.isEmpty()) {
            return findings;
        }
        List<String> shapes =
                questions.stream().allMatch(question -> question.kid().isEmpty())
                        ? List.of()
                        : mappings.shapes(sourceId, KeyType.KID_CUSTOMER_PART.name());
        Map<Question, Set<Key>> keys = new HashMap<>();
        Set<String> texts = new HashSet<>();
        for (Question question : questions) {
            Set<Key> ofQuestion = keys(question, shapes);
            keys.put(question, ofQuestion);
            ofQuestion.forEach(key -> texts.add(key.text()));
        }
        Map<Key, List<Mapping>> rows = new HashMap<>();
        for (Mapping row : mappings.rows(sourceId, texts)) {
            rows.computeIfAbsent(new Key(KeyType.valueOf(row.keyType()), row.key()), key -> new ArrayList<>())
                    .add(row);
        }
        keys.forEach((question, ofQuestion) -> findings.put(question, finding(ofQuestion, rows, question.on())));
        return findings;
    }

    private static Set<Key> keys(Question question, List<String> shapes) {
        Set<Key> keys = new LinkedHashSet<>();
        for (KeyType type : KeyType.values()) {
            if (type.isOfCustomer() && !question.customerNumber().isEmpty()) {
                keys.add(new Key(type, question.customerNumber()));
            }
        }
        if (!question.kid().isEmpty()) {
            keys.add(new Key(KeyType.KID, question.kid()));
            for (String shape : shapes) {
                addParts(keys, question.kid(), shape);
            }
        }
        return keys;
    }

    private static void addParts(Set<Key> keys, String kid, String shape) {
        String[] range = shape.split("-");
        int from = Integer.parseInt(range[0]);
        int to = Integer.parseInt(range[1]);
        if (to <= kid.length()) {
            String part = kid.substring(from - 1, to);
            keys.add(new Key(KeyType.KID_CUSTOMER_PART, shape + "=" + part));
            if (from == 1) {
                keys.add(new Key(KeyType.KID_CUSTOMER_PART, part));
            }
        }
    }

    private static Finding finding(Set<Key> keys, Map<Key, List<Mapping>> rows, LocalDate on) {
        Map<String, Mapping> paying = new HashMap<>();
        for (Key key : keys) {
            List<Mapping> ofKey = rows.getOrDefault(key, List.of());
            Optional<Mapping> valid = valid(ofKey, on);
            Optional<Mapping> waiting = ofKey.stream()
                    .filter(row -> !row.approved() && row.isValidOn(on))
                    .filter(row -> valid.filter(v -> v.agreementId().equals(row.agreementId()))
                            .isEmpty())
                    .findFirst();
            if (waiting.isPresent()) {
                return new Finding.Changed(
                        valid.map(Mapping::agreementId).orElse(NONE),
                        waiting.get().agreementId());
            }
            valid.ifPresent(row -> paying.put(row.agreementId(), row));
        }
        return switch (paying.size()) {
            case 0 -> new Finding.Unknown();
            case 1 -> {
                Mapping row = paying.values().iterator().next();
                yield new Finding.Pays(row.agreementId(), row.currency(), row.retryDays());
            }
            default -> new Finding.Ambiguous(paying.keySet().stream().sorted().toList());
        };
    }

    /** Of the approved rows valid on that day the one recorded last; a later row for the same agreement replaces it. */
    private static Optional<Mapping> valid(List<Mapping> ofKey, LocalDate on) {
        List<Mapping> approved = ofKey.stream().filter(Mapping::approved).toList();
        return approved.stream()
                .filter(row -> approved.stream()
                        .noneMatch(later -> later.id() > row.id()
                                && later.fileId() != row.fileId()
                                && later.agreementId().equals(row.agreementId())))
                .filter(row -> row.isValidOn(on))
                .reduce((earlier, later) -> later);
    }
}
