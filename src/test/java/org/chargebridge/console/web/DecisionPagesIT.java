package org.chargebridge.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.chargebridge.console.ConsoleGateway;
import org.chargebridge.simulator.api.ChargeView;
import org.chargebridge.story.Surroundings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What approvers and admins decide, in a real browser: each action that their roles have, and whose it is not. */
@EnabledIf(
        value = "aBrowserIsInstalled",
        disabledReason = "No browser: /usr/bin/chromium and /usr/bin/chromedriver (Debian: chromium, chromium-driver)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecisionPagesIT {

    private static final String HEADER =
            "action;invoice_number;original_invoice_number;customer_number;agreement_id;amount;due_date\n";
    private static final String KEYS = "key_type;key;agreement_id;currency;retry_days;valid_from;valid_to\n";

    @TempDir
    static Path home;

    private ConsoleGateway gateway;
    private Browser operator;
    private Browser approver;
    private Browser admin;

    static boolean aBrowserIsInstalled() {
        return Browser.installed().isPresent();
    }

    @BeforeAll
    void paidCharges() {
        gateway = new ConsoleGateway(home);
        gateway.world
                .set("chargebridge.operations.schedule", "0/1 * * * * ?")
                .channel("xledger")
                .set("chargebridge.channels.xledger.approval", "two-persons")
                .set("chargebridge.channels.xledger.max-per-file", "100.00")
                .set("chargebridge.channels.xledger.max-per-charge", "90.00");
        gateway.start();
        StringBuilder lines = new StringBuilder(HEADER);
        for (int i = 1; i <= 3; i++) {
            lines.append("charge;R" + i + ";;;agr_demo000" + i + ";80.00;2026-11-05\n");
        }
        gateway.world.leave("visma", "paid.csv", lines.toString());
        Surroundings.await(
                "they are made", () -> gateway.world.simulator().summary().created() >= 3);
        gateway.world.simulator().moveTo(Instant.parse("2026-11-05T18:00:00Z"));
        for (int i = 1; i <= 3; i++) {
            String number = "R" + i;
            Surroundings.await(
                    "it is paid and known to be", () -> status(number).equals("CHARGED"));
        }
        operator = browser("the-operator");
        approver = browser("the-approver");
        admin = browser("the-admin");
    }

    private Browser browser(String user) {
        return new Browser(gateway.at("/"), "en").login(user, ConsoleGateway.PASSWORD);
    }

    @AfterAll
    void end() {
        for (Browser browser : new Browser[] {operator, approver, admin}) {
            if (browser != null) {
                browser.close();
            }
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    private String status(String number) {
        return gateway.world
                .ledger()
                .sql("select status from charge where order_id like '%-" + number + "-%'")
                .query(String.class)
                .optional()
                .orElse("");
    }

    private boolean isMade(String number) {
        return gateway.world
                .simulator()
                .charges()
                .map(ChargeView::orderId)
                .anyMatch(id -> id.contains("-" + number + "-"));
    }

    private long letter(String condition) {
        String letters = "select max(id) from dead_letter where state = 'OPEN' and " + condition;
        Surroundings.await("a letter where " + condition, () -> gateway.world
                .ledger()
                .sql(letters)
                .query(Long.class)
                .optional()
                .isPresent());
        return gateway.world.ledger().sql(letters).query(Long.class).single();
    }

    private String approvalOf(long letter) {
        return "/approvals/"
                + gateway.world
                        .ledger()
                        .sql("select max(id) from approval where dead_letter_id = " + letter)
                        .query(Long.class)
                        .single();
    }

    private static void decide(Browser browser, String page, String button, String reason) {
        browser.open(page);
        browser.type("reason", reason);
        browser.press("#content button[formaction$='/" + button + "']");
        assertThat(browser.complaints()).as(page).isEmpty();
    }

    private String refund(String number) {
        gateway.world.leave(
                "visma", "refund-" + number + ".csv", HEADER + "refund;K" + number + ";" + number + ";;;50.00;\n");
        return approvalOf(letter("kind = 'OPERATION' and order_id like '%-" + number + "-%'"));
    }

    @Test
    void anApproverLetsARefundGoAndAnOperatorMayNot() {
        String page = refund("R1");
        operator.open(page);
        assertThat(operator.has("#content form[method=post]")).isFalse();
        approver.open("/approvals");
        approver.press("#content a[href='" + page + "']");
        assertThat(approver.inaccessible()).isEmpty();
        approver.width(320);
        assertThat(approver.scrollsSideways()).isFalse();
        approver.width(1280);

        decide(approver, page, "approve", "checked with the customer");

        assertThat(approver.text()).contains("Approved").contains("checked with the customer");
        assertThat(approver.has("#content form[method=post]")).isFalse();
        Surroundings.await("it is paid back", () -> status("R1").equals("PARTIALLY_REFUNDED"));
    }

    @Test
    void anApproverRefusesARefundAndNothingIsPaidBack() {
        String page = refund("R2");

        decide(approver, page, "refuse", "the customer keeps it");

        assertThat(approver.text()).contains("Refused").contains("the customer keeps it");
        assertThat(status("R2")).isEqualTo("CHARGED");
    }

    @Test
    void anAdminLetsARefundGoToo() {
        String page = refund("R3");

        decide(admin, page, "approve", "the approver is ill");

        assertThat(admin.text()).contains("Approved");
        Surroundings.await("it is paid back", () -> status("R3").equals("PARTIALLY_REFUNDED"));
    }

    private long largeFile(String number) {
        gateway.world.leave(
                "xledger",
                "large-" + number + ".csv",
                HEADER + "charge;" + number + "1;;;agr_demo0011;80.00;2026-11-25\ncharge;" + number
                        + "2;;;agr_demo0012;80.00;2026-11-25\n");
        return letter(
                "kind = 'FILE' and channel = 'xledger' and file_id in (select id from inbound_file where name = 'large-"
                        + number + ".csv')");
    }

    @Test
    void aFileAboveTheLimitIsAskedForByOneAndApprovedByAnother() {
        String page = approvalOf(largeFile("L"));
        approver.open(page);
        assertThat(approver.has("#content button[formaction$='/approve']"))
                .as("nobody asked for it yet")
                .isFalse();
        decide(operator, page, "ask", "the yearly invoices");
        assertThat(operator.text()).contains("asked for").contains("the-operator");
        assertThat(isMade("L1")).isFalse();

        decide(approver, page, "approve", "agreed with the accountant");

        assertThat(approver.text()).contains("Approved");
        Surroundings.await("both are charged", () -> isMade("L1") && isMade("L2"));
    }

    @Test
    void anApproverRefusesWhatNobodyAskedForYet() {
        String page = approvalOf(largeFile("N"));

        decide(approver, page, "refuse", "last year's invoices");

        assertThat(approver.text()).contains("Refused");
        assertThat(isMade("N1")).isFalse();
    }

    @Test
    void whatOneAskedForOnTheLettersPageAnotherRedrivesThere() {
        String letter = "/deadletters/" + largeFile("M");
        operator.open(letter);
        operator.press("#content a[href$='/redrive']");
        operator.type("reason", "the yearly invoices");
        operator.press("#content form button[type=submit]");
        assertThat(operator.text()).contains("an approver who is not the-operator decides");
        operator.open(letter + "/redrive");
        operator.type("reason", "once more");
        operator.press("#content form button[type=submit]");
        assertThat(isMade("M1")).isFalse();

        approver.open(letter);
        approver.press("#content a[href$='/redrive']");
        assertThat(approver.inaccessible()).isEmpty();
        approver.type("reason", "agreed with the accountant");
        approver.press("#content form button[type=submit]");

        assertThat(approver.text()).contains("Approved");
        Surroundings.await("both are charged", () -> isMade("M1") && isMade("M2"));
    }

    @Test
    void aKeyThatWasGivenAnotherAgreementWaitsForAnApprover() {
        gateway.world.leave("visma", "agreements-1.csv", KEYS + "CUSTOMER_NO;C77;agr_demo0021;;;;\n");
        gateway.world.awaitFile("visma", "receipt-agreements-1-");
        gateway.world.leave("visma", "agreements-2.csv", KEYS + "CUSTOMER_NO;C77;agr_demo0022;;;;\n");
        String page = approvalOf(letter("kind = 'MAPPING'"));
        operator.open(page);
        assertThat(operator.has("#content form[method=post]")).isFalse();

        decide(approver, page, "approve", "the customer has a new phone");

        assertThat(approver.text()).contains("Approved");
        gateway.world.leave("visma", "moved.csv", HEADER + "charge;C77A;;C77;;80.00;2026-11-25\n");
        Surroundings.await("it is charged on the new one", () -> gateway.world
                .simulator()
                .charges()
                .anyMatch(charge -> charge.orderId().contains("-C77A-")
                        && charge.agreementId().equals("agr_demo0022")));
    }

    @Test
    void anAdminStopsAndStartsARouteAndAnApproverMayNot() {
        String page = "/routes/write-queries.visma";
        approver.open(page);
        assertThat(approver.has("#content form[method=post]")).isFalse();

        admin.open(page);
        admin.type("reason", "the bank checks its books");
        admin.press("#content button.danger");
        assertThat(admin.text()).contains("wanted stopped");
        admin.awaitText(page, "stopped");
        decide(admin, page, "start", "it has checked them");

        assertThat(admin.text()).contains("wanted running");
    }

    /** A line above the limit for one charge, which an operator gave up with a reason that names the customer. */
    private void givenUp(String number, String reason) {
        gateway.world.leave(
                "visma",
                number + ".csv",
                HEADER + "charge;" + number + ";;C-" + number + ";agr_demo0031;30000.00;2026-11-25\n");
        operator.open("/deadletters/" + letter("order_id like '%-" + number + "-%'") + "/discard");
        operator.type("reason", reason);
        operator.press("#content form button[type=submit]");
        Surroundings.await(
                "it is sealed",
                () -> gateway.world
                                .ledger()
                                .sql("select count(*) from audit_event where number is null")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    @Test
    void anAdminErasesAPersonAfterLookingAndIsAskedOnce() {
        givenUp("E1", "Kari Nordmann rang");
        admin.open("/audit");
        assertThat(admin.text()).contains("Kari Nordmann rang");
        operator.open("/erase");
        assertThat(operator.text()).contains("You may not do that");

        admin.open("/");
        admin.press("header nav a[href='/erase']");
        assertThat(admin.inaccessible()).isEmpty();
        admin.type("value", "C-E1");
        admin.press("#content form button[type=submit]");
        assertThat(admin.url()).doesNotContain("E1");
        assertThat(admin.text()).contains("Erase for good?").contains("C-E1");
        assertThat(admin.inaccessible()).isEmpty();
        admin.width(320);
        assertThat(admin.scrollsSideways()).isFalse();
        admin.width(1280);
        admin.picture("erase");
        admin.type("reason", "C-E1 asked for it");
        admin.press("#content button.danger");
        assertThat(admin.text()).contains("must not name the person").contains("Erase for good?");
        admin.type("reason", "request 17");
        admin.press("#content button.danger");

        assertThat(admin.path()).matches("/erase/[0-9]+");
        assertThat(admin.text())
                .contains("What was erased")
                .contains("Its entry in the audit trail")
                .contains("request 17")
                .contains("the-admin")
                .doesNotContain("C-E1");
        assertThat(admin.inaccessible()).isEmpty();
        admin.width(320);
        assertThat(admin.scrollsSideways()).isFalse();
        admin.width(1280);
        admin.picture("erased");
        assertThat(admin.complaints()).isEmpty();
        admin.open("/audit");
        assertThat(admin.text()).contains("request 17").doesNotContain("Kari Nordmann");
        admin.press("button[name=verify]");
        assertThat(admin.text()).contains("Nothing was changed");
    }

    @Test
    void theKeyboardAloneLeadsThroughAnErasure() {
        givenUp("E2", "wrong amount");
        admin.open("/erase");
        admin.keys("value", "C-E2\n");
        assertThat(admin.text()).contains("Erase for good?");
        admin.tabTo("reason");
        admin.keysOnFocus("request 18");
        admin.tabTo("button.danger");
        admin.keysOnFocus("\n");

        assertThat(admin.text()).contains("request 18").contains("What was erased");
    }

    @Test
    void anUnknownPersonIsSaidToBeUnknownAndNothingIsErased() {
        admin.open("/erase");
        admin.type("value", "nobody-knows-them");
        admin.press("#content form button[type=submit]");

        assertThat(admin.text()).contains("Nothing is known of such a person");
        assertThat(admin.url()).doesNotContain("nobody");
    }
}
