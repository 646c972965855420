package org.chargebridge.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds lines of all files by what people know of them, newest first: charges, what acts on them, and what was not taken.
 * Among millions of lines each search reads an index.
 */
@Repository
public class LineSearch {

    /** The place of a line, after which a list goes on. */
    public record Place(long fileId, int position) {}

    /**
     * What is known; what is empty is not asked for.
     *
     * @param kid without blanks
     * @param amountMinor in minor units
     * @param before the last line of the list so far
     */
    public record Wanted(
            Optional<String> channel,
            Optional<String> orderId,
            Optional<String> invoiceNumber,
            Optional<String> customerNumber,
            Optional<String> kid,
            Optional<String> agreementId,
            OptionalLong amountMinor,
            Optional<Place> before) {

        /** Whether an amount is all that is known: thousands of lines may have it. */
        boolean isCommon() {
            return amountMinor.isPresent()
                    && orderId.isEmpty()
                    && invoiceNumber.isEmpty()
                    && customerNumber.isEmpty()
                    && kid.isEmpty()
                    && agreementId.isEmpty();
        }

        boolean isAnything() {
            return amountMinor.isEmpty()
                    && orderId.isEmpty()
                    && invoiceNumber.isEmpty()
                    && customerNumber.isEmpty()
                    && kid.isEmpty()
                    && agreementId.isEmpty();
        }
    }

    /** So many of the newest lines are looked through before an index is asked for a value that many may have. */
    private static final int NEWEST = 20_000;

    private static final String NEWEST_FIRST = " order by file_id desc, position desc limit ";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    public LineSearch(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transactions = new TransactionTemplate(transactions);
        this.transactions.setReadOnly(true);
    }

    /** At most {@code limit} lines that are all of what is wanted, newest first. */
    public List<FoundLine> find(Wanted wanted, int limit) {
        if (wanted.isAnything()) {
            return run(wanted, limit, branch -> branch.sql() + where(branch, wanted, true) + NEWEST_FIRST + limit);
        }
        if (wanted.isCommon()) {
            List<FoundLine> newest = run(
                    wanted,
                    limit,
                    branch -> "select * from (" + branch.sql()
                            + (wanted.before().isPresent()
                                    ? " where (file_id, position) < (:beforeFile, :beforePosition)"
                                    : "")
                            + NEWEST_FIRST + NEWEST + ") newest" + where(branch, wanted, true) + NEWEST_FIRST + limit);
            if (newest.size() == limit) {
                return newest;
            }
        }
        return transactions.execute(status -> {
            // The planner takes the index for one that finds nearly every row, and would walk through all of them.
            jdbc.sql("set local enable_seqscan = off").update();
            jdbc.sql("set local enable_indexscan = off").update();
            return run(wanted, limit, branch -> branch.sql() + where(branch, wanted, false) + NEWEST_FIRST + limit);
        });
    }

    /** A table in which lines stand. */
    private enum Branch {
        RECORDED(FoundLine.RECORDED, "order_id = :orderId and not replaced"),
        /** Only an order id finds these by an index of their own; by all else the first finds them, too. */
        REPLACED(FoundLine.RECORDED, "order_id = :orderId and replaced"),
        OPERATIONS(FoundLine.OPERATIONS, "order_id = :orderId"),
        OTHERS(FoundLine.OTHERS, "order_id = :orderId");

        private final String sql;
        private final String orderId;

        Branch(String sql, String orderId) {
            this.sql = sql;
            this.orderId = orderId;
        }

        String sql() {
            return sql;
        }
    }

    private interface Selecting {
        String from(Branch branch);
    }

    private List<FoundLine> run(Wanted wanted, int limit, Selecting selecting) {
        List<String> branches = new ArrayList<>();
        for (Branch branch : Branch.values()) {
            if (branch != Branch.REPLACED || wanted.orderId().isPresent()) {
                branches.add("(" + selecting.from(branch) + ")");
            }
        }
        String lines = String.join(" union all ", branches) + NEWEST_FIRST + limit;
        return jdbc.sql(FoundLine.STANDING.formatted(lines) + " order by l.file_id desc, l.position desc")
                .params(parameters(wanted))
                .query(FoundLine::of)
                .list();
    }

    /** @param walked whether the rows come in their order anyway; else the place must not tempt to walk them */
    private static String where(Branch branch, Wanted wanted, boolean walked) {
        List<String> conditions = new ArrayList<>();
        wanted.orderId().ifPresent(id -> conditions.add(branch.orderId));
        wanted.invoiceNumber().ifPresent(number -> conditions.add("invoice_number = :invoiceNumber"));
        wanted.customerNumber().ifPresent(number -> conditions.add("customer_number = :customerNumber"));
        wanted.kid().ifPresent(number -> conditions.add("kid = :kid"));
        wanted.agreementId().ifPresent(id -> conditions.add("agreement_id = :agreementId"));
        wanted.amountMinor().ifPresent(amount -> conditions.add("amount_minor = :amountMinor"));
        wanted.channel()
                .ifPresent(channel -> conditions.add(
                        "exists (select 1 from inbound_file f where f.id = file_id and f.channel = :channel)"));
        wanted.before()
                .ifPresent(place -> conditions.add(
                        walked
                                ? "(file_id, position) < (:beforeFile, :beforePosition)"
                                : "(file_id + 0, position) < (:beforeFile, :beforePosition)"));
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    private static Map<String, Object> parameters(Wanted wanted) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        wanted.channel().ifPresent(value -> parameters.put("channel", value));
        wanted.orderId().ifPresent(value -> parameters.put("orderId", value));
        wanted.invoiceNumber().ifPresent(value -> parameters.put("invoiceNumber", value));
        wanted.customerNumber().ifPresent(value -> parameters.put("customerNumber", value));
        wanted.kid().ifPresent(value -> parameters.put("kid", value));
        wanted.agreementId().ifPresent(value -> parameters.put("agreementId", value));
        wanted.amountMinor().ifPresent(value -> parameters.put("amountMinor", value));
        wanted.before().ifPresent(place -> {
            parameters.put("beforeFile", place.fileId());
            parameters.put("beforePosition", place.position());
        });
        return parameters;
    }
}
