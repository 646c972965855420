package org.chargebridge.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.chargebridge.charge.OrderId;
import org.chargebridge.charge.TransactionType;
import org.junit.jupiter.api.Test;

class ChargeRequestsTest {

    private static final CreateCharge PLAIN = charge("demo-INV-1-000000000001", Optional.empty());
    private static final CreateCharge WITH_EXTERNAL_ID = charge("demo-INV-2-000000000002", Optional.of("INV \"2\"/æ"));

    private static CreateCharge charge(String orderId, Optional<String> externalId) {
        return new CreateCharge(
                new OrderId(orderId), "agr_5kSeqz", 19900, "Strøm oktober €", LocalDate.of(2026, 12, 1), 5, externalId);
    }

    @Test
    void aBatchHasTheseVeryBytes() {
        assertThat(new String(ChargeRequests.batch(List.of(PLAIN, WITH_EXTERNAL_ID)), UTF_8))
                .isEqualTo("[{\"agreementId\":\"agr_5kSeqz\",\"amount\":19900,\"transactionType\":\"DIRECT_CAPTURE\","
                        + "\"description\":\"Strøm oktober €\",\"due\":\"2026-12-01\",\"retryDays\":5,"
                        + "\"orderId\":\"demo-INV-1-000000000001\"},"
                        + "{\"agreementId\":\"agr_5kSeqz\",\"amount\":19900,\"transactionType\":\"DIRECT_CAPTURE\","
                        + "\"description\":\"Strøm oktober €\",\"due\":\"2026-12-01\",\"retryDays\":5,"
                        + "\"orderId\":\"demo-INV-2-000000000002\",\"externalId\":\"INV \\\"2\\\"/æ\"}]");
    }

    @Test
    void aSingleCreateHasTheAgreementInItsPathOnly() {
        assertThat(new String(ChargeRequests.single(PLAIN), UTF_8))
                .isEqualTo("{\"amount\":19900,\"transactionType\":\"DIRECT_CAPTURE\","
                        + "\"description\":\"Strøm oktober €\",\"due\":\"2026-12-01\",\"retryDays\":5,"
                        + "\"orderId\":\"demo-INV-1-000000000001\"}");
        assertThat(ChargeRequests.singlePath("agr_5kSeqz")).isEqualTo("/recurring/v3/agreements/agr_5kSeqz/charges");
    }

    @Test
    void aChargeThatIsMadeAtOnceHasATypeAndNoDateAndNoBatch() {
        CreateCharge atOnce = new CreateCharge(
                new OrderId("demo-INV-3-000000000003"),
                "agr_5kSeqz",
                19900,
                "Påfyll",
                Optional.empty(),
                0,
                Optional.of("INV-3"),
                TransactionType.RESERVE_CAPTURE);
        assertThat(new String(ChargeRequests.single(atOnce), UTF_8))
                .isEqualTo("{\"amount\":19900,\"transactionType\":\"RESERVE_CAPTURE\",\"description\":\"Påfyll\","
                        + "\"type\":\"UNSCHEDULED\",\"orderId\":\"demo-INV-3-000000000003\",\"externalId\":\"INV-3\"}");
        assertThatThrownBy(() -> ChargeRequests.batch(List.of(PLAIN, atOnce)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("INV-3");
    }

    @Test
    void aBatchIsWrittenWhileItsChargesAreReadAndLeavesTheStreamOpen() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        Stream<CreateCharge> charges = Stream.of(PLAIN, WITH_EXTERNAL_ID);
        ChargeRequests.writeBatch(charges::iterator, out);
        assertThat(bytes.toByteArray()).isEqualTo(ChargeRequests.batch(List.of(PLAIN, WITH_EXTERNAL_ID)));
        assertThat(closed).isFalse();
    }

    @Test
    void aBatchThatFailsHalfWayDoesNotLookComplete() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Iterable<CreateCharge> failing = () -> Stream.of(1, 2)
                .map(number -> {
                    if (number == 2) {
                        throw new IllegalStateException("the ledger went away");
                    }
                    return PLAIN;
                })
                .iterator();
        assertThatThrownBy(() -> ChargeRequests.writeBatch(failing, bytes)).hasMessage("the ledger went away");
        assertThat(bytes.toString(UTF_8)).doesNotEndWith("]");
    }

    @Test
    void aBatchOfMoreThanTheApiTakesIsRefused() {
        assertThat(ChargeRequests.batch(Collections.nCopies(2000, PLAIN))).isNotEmpty();
        assertThatThrownBy(() -> ChargeRequests.batch(Collections.nCopies(2001, PLAIN)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2000");
    }

    @Test
    void anAgreementIdCanNeverReachAnotherResource() {
        OrderId orderId = new OrderId("demo-1-000000000000");
        assertThat(ChargeRequests.chargePath("agr_1", orderId))
                .isEqualTo("/recurring/v3/agreements/agr_1/charges/demo-1-000000000000");
        assertThat(ChargeRequests.singlePath("a/../b c?d#e+ø"))
                .isEqualTo("/recurring/v3/agreements/a%2F..%2Fb%20c%3Fd%23e%2B%C3%B8/charges");
        assertThat(ChargeRequests.singlePath("..")).isEqualTo("/recurring/v3/agreements/%2E%2E/charges");
    }

    @Test
    void anAmountThatTheApiCannotCarryIsRefused() {
        for (long amount : new long[] {-100, 0, 99, 2147483648L}) {
            assertThatThrownBy(() -> new CreateCharge(
                            PLAIN.orderId(),
                            "agr_1",
                            amount,
                            "text",
                            PLAIN.due().orElseThrow(),
                            0,
                            Optional.empty()))
                    .hasMessageContaining(Long.toString(amount));
        }
    }

    @Property(tries = 300)
    void everyChargeComesOutAsItWentIn(
            @ForAll @LongRange(min = 100, max = Integer.MAX_VALUE) long amount,
            @ForAll @NotBlank @StringLength(max = 100) String description,
            @ForAll @IntRange(max = 14) int retryDays)
            throws IOException {
        CreateCharge charge = new CreateCharge(
                PLAIN.orderId(), "agr_1", amount, description, PLAIN.due().orElseThrow(), retryDays, Optional.of("x"));
        JsonNode read = new ObjectMapper()
                .readTree(ChargeRequests.batch(List.of(charge)))
                .get(0);
        assertThat(read.get("amount").longValue()).isEqualTo(amount);
        assertThat(read.get("amount").isIntegralNumber()).isTrue();
        assertThat(read.get("description").textValue()).isEqualTo(description);
        assertThat(read.get("retryDays").intValue()).isEqualTo(retryDays);
        assertThat(ChargeRequests.batch(List.of(charge))).isEqualTo(ChargeRequests.batch(List.of(charge)));
    }
}
