package org.chargebridge.agreement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chargebridge.agreement.AgreementRig.agreement;
import static org.chargebridge.agreement.AgreementRig.page;

import java.util.Map;
import org.chargebridge.agreement.AgreementImports.ImportFile;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.ChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgreementImportTest {

    private final AgreementRig rig = new AgreementRig(ChannelBuilder.channel()
            .agreements(before -> new Channel.Agreements(
                    true,
                    before.draft(),
                    before.publicUrl(),
                    before.redirectUrl(),
                    before.agreementUrl(),
                    before.sellerName()))
            .build());

    @AfterEach
    void close() {
        rig.close();
    }

    private void imported() {
        rig.requests.request("demo", "operator", "");
        rig.answer(
                rig.call(),
                200,
                page(
                        agreement("agr_2", "ACTIVE"),
                        agreement("agr_1", "ACTIVE"),
                        "{\"id\":\"agr_3\",\"status\":\"ACTIVE\",\"externalId\":null}"));
    }

    @Test
    void theSettingAsksOnceAndAnOperatorWheneverNoneIsUnderWay() {
        rig.requests.atStart();
        rig.requests.atStart();
        assertThat(rig.requests.request("demo", "operator", "")).isFalse();
        rig.answer(rig.call(), 200, page(agreement("agr_1", "ACTIVE")));
        rig.imports.done(rig.imports.next().orElseThrow());
        rig.requests.atStart();
        assertThat(rig.texts("select requested_by from agreement_import")).containsExactly("setting");
        assertThat(rig.requests.request("demo", "operator", "")).isTrue();
        assertThat(rig.texts("select actor || ' ' || action || ' ' || subject || ' ' || result from audit_event"))
                .containsExactly("operator import-agreements demo UNDER WAY", "operator import-agreements demo ASKED");
    }

    @Test
    void whatIsListedBecomesAMappingFileOfTheSameBytesHoweverOftenItIsMade() {
        rig.requests.request("demo", "operator", "");
        assertThat(rig.imports.next()).isEmpty();
        AgreementCall call = rig.call();
        assertThat(rig.imports.next()).isEmpty();
        rig.answer(
                call,
                200,
                page(
                        agreement("agr_2", "ACTIVE"),
                        "{\"id\":\"agr_4\",\"status\":\"ACTIVE\",\"externalId\":\"A;\\\"B\\\"\"}",
                        "{\"id\":\"agr_3\",\"status\":\"ACTIVE\",\"externalId\":null}"));
        ImportFile file = rig.imports.next().orElseThrow();
        assertThat(file.name()).isEqualTo("agreements-import-123456-20261120T001000Z.csv");
        assertThat(new String(file.bytes(), UTF_8))
                .isEqualTo("key_type;key;agreement_id;currency\n"
                        + "CUSTOMER_NO;\"A;\"\"B\"\"\";agr_4;NOK\n"
                        + "CUSTOMER_NO;\"K-agr_2\";agr_2;NOK\n");
        assertThat(rig.imports.next().orElseThrow().bytes()).isEqualTo(file.bytes());
        rig.imports.done(file);
        assertThat(rig.imports.next()).isEmpty();
    }

    @Test
    void anAgreementThatMovedOntoAPageThatWasReadIsImportedToo() {
        rig.requests.request("demo", "operator", "");
        answerList(1, AgreementRig.fullPage("agr_a"));
        // One of the first page has ended, and agr_moved has taken the last place there.
        answerList(2, page(agreement("agr_last", "ACTIVE")));
        assertThat(rig.imports.next()).isEmpty();

        answerList(1, AgreementRig.fullPage("agr_a"));
        answerList(2, page(agreement("agr_moved", "ACTIVE"), agreement("agr_last", "ACTIVE")));
        answerList(1, AgreementRig.fullPage("agr_a"));
        answerList(2, page(agreement("agr_last", "ACTIVE")));

        assertThat(new String(rig.imports.next().orElseThrow().bytes(), UTF_8)).contains("agr_moved", "agr_last");
    }

    private void answerList(int page, String agreements) {
        rig.waitForLists();
        AgreementCall list = rig.call();
        assertThat(list.page()).isEqualTo(page);
        rig.answer(list, 200, agreements);
    }

    @Test
    void beforeTheFirstChargeItsChargesAreListedAndWhatMayBeTheSameIsHeld() {
        imported();
        long file = rig.lines.agreement("agr_1").due("2026-12-01").file("demo-a", 3);
        rig.jdbc
                .sql("update instruction set amount_minor = 777 where position = 2")
                .update();
        rig.jdbc
                .sql("update instruction set external_id = 'INV2', amount_minor = 778 where position = 3")
                .update();
        rig.jdbc.sql("update block set check_agreements = true").update();
        AgreementCall list = rig.call();
        assertThat(list.path()).isEqualTo("/recurring/v3/agreements/agr_1/charges");
        rig.answer(
                list,
                200,
                Map.of("Continuation-Token", "more"),
                page(
                        charge("chr-1", "10000", "2026-12-05", "DUE", "null"),
                        charge("chr-2", "777", "2026-12-01", "FAILED", "null")));
        AgreementCall more = rig.call();
        assertThat(more.token()).isEqualTo("more");
        rig.answer(more, 200, page(charge("chr-3", "5", "2026-01-01", "CHARGED", "\"INV2\"")));
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(rig.texts("select position || ' ' || status || ' ' || reason_code from charge order by position"))
                .containsExactly("1 HELD CHARGED_ELSEWHERE", "2 HELD CHARGED_ELSEWHERE", "3 HELD CHARGED_ELSEWHERE");
        assertThat(rig.texts("select check_agreements::text from block where file_id = " + file))
                .containsExactly("false");
        assertThat(rig.texts("select order_id from dead_letter where kind = 'CHARGE' order by 1"))
                .hasSize(3);
    }

    @Test
    void ownChargesAndOtherClaimsHoldNothing() {
        imported();
        rig.lines.agreement("agr_1").due("2026-12-01").file("demo-a", 2);
        rig.jdbc.sql("update block set check_agreements = true").update();
        rig.answer(
                rig.call(),
                200,
                page(
                        charge("demo-a-00000001", "10000", "2026-12-01", "DUE", "null"),
                        charge("chr-2", "10000", "2026-12-09", "DUE", "\"OTHER\""),
                        charge("chr-3", "9999", "2026-12-01", "CHARGED", "null")));
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(rig.texts("select status from charge")).isEmpty();
        assertThat(rig.texts("select check_agreements::text from block")).containsExactly("false");
    }

    @Test
    void linesWaitForAsLongAsTheListCannotBeHad() {
        imported();
        rig.lines.agreement("agr_1").file("demo-a", 1);
        rig.jdbc.sql("update block set check_agreements = true").update();
        rig.answer(rig.call(), 503, "");
        assertThat(rig.plan.next(AgreementRig.MSN)).isEmpty();
        assertThat(rig.texts("select check_agreements::text from block")).containsExactly("true");
        rig.clock.advance(java.time.Duration.ofMinutes(1));
        assertThat(rig.call().kind()).isEqualTo(AgreementCall.Kind.CHARGES);
    }

    private static String charge(String id, String amount, String due, String status, String externalId) {
        return "{\"id\":\"" + id + "\",\"agreementId\":\"agr_1\",\"amount\":" + amount + ",\"due\":\"" + due
                + "T00:00:00Z\",\"status\":\"" + status + "\",\"externalId\":" + externalId + "}";
    }
}
