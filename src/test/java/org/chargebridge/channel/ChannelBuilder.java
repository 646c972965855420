package org.chargebridge.channel;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.chargebridge.charge.Currency;
import org.chargebridge.charge.TransactionType;

/** Channels for tests: everything at its default, and what a test is about set by name. */
public final class ChannelBuilder {

    private String name = "demo";
    private String sourceId = "demo";
    private String msn = "123456";
    private Currency currency = Currency.NOK;
    private Locale language = Locale.ENGLISH;
    private Channel.Sftp sftp = new Channel.Sftp(
            "127.0.0.1",
            2222,
            "demo",
            Optional.of("demo"),
            Optional.empty(),
            Optional.empty(),
            "",
            "demo/out",
            "demo/in",
            2);
    private Channel.Input input = new Channel.Input(
            Channel.Format.CSV,
            ".*\\.csv",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            Channel.Trailer.OPTIONAL,
            true,
            Optional.empty(),
            Optional.empty());
    private Channel.Defaults defaults =
            new Channel.Defaults(5, "{text}", 45, Optional.empty(), "", "", Channel.ExternalId.INVOICE_NUMBER);
    private Channel.Policy policy = new Channel.Policy(
            Channel.LateDue.REFUSE,
            3,
            1,
            LocalTime.of(22, 0),
            Channel.OnConflict.HOLD,
            Optional.empty(),
            100_000_00,
            100_000_000_00L);
    private Optional<Settlement> settlement = Optional.empty();
    private Channel.Reports reports = new Channel.Reports(List.of("0 0 6 * * ?"), Channel.StatusFormat.CSV, true);

    private Channel.Agreements agreements = new Channel.Agreements(
            false, Channel.DraftWay.LINK, Optional.empty(), Optional.empty(), Optional.empty(), "Demo Strøm");
    private Channel.Operations operations = new Channel.Operations(
            TransactionType.DIRECT_CAPTURE, false, 5, Channel.RefundPolicy.APPROVE, OptionalLong.empty(), false);

    private Optional<ExpectedFile> expectedFile = Optional.empty();

    public static ChannelBuilder channel() {
        return new ChannelBuilder();
    }

    public ChannelBuilder name(String value) {
        name = value;
        return this;
    }

    public ChannelBuilder sourceId(String value) {
        sourceId = value;
        return this;
    }

    public ChannelBuilder msn(String value) {
        msn = value;
        return this;
    }

    public ChannelBuilder currency(Currency value) {
        currency = value;
        return this;
    }

    public ChannelBuilder language(String tag) {
        language = Locale.forLanguageTag(tag);
        return this;
    }

    public ChannelBuilder sftp(UnaryOperator<Channel.Sftp> change) {
        sftp = change.apply(sftp);
        return this;
    }

    public ChannelBuilder input(UnaryOperator<Channel.Input> change) {
        input = change.apply(input);
        return this;
    }

    public ChannelBuilder defaults(UnaryOperator<Channel.Defaults> change) {
        defaults = change.apply(defaults);
        return this;
    }

    public ChannelBuilder policy(UnaryOperator<Channel.Policy> change) {
        policy = change.apply(policy);
        return this;
    }

    public ChannelBuilder goLive(LocalDate date) {
        return policy(p -> new Channel.Policy(
                p.lateDue(),
                p.maxDaysLate(),
                p.leadDays(),
                p.cutOff(),
                p.onConflict(),
                Optional.of(date),
                p.maxPerChargeMinor(),
                p.maxPerFileMinor()));
    }

    public ChannelBuilder reports(UnaryOperator<Channel.Reports> change) {
        reports = change.apply(reports);
        return this;
    }

    public ChannelBuilder settlement(Settlement paidOut) {
        settlement = Optional.of(paidOut);
        return this;
    }

    public ChannelBuilder expects(ExpectedFile file) {
        expectedFile = Optional.of(file);
        return this;
    }

    public ChannelBuilder agreements(UnaryOperator<Channel.Agreements> change) {
        agreements = change.apply(agreements);
        return this;
    }

    public ChannelBuilder refunds(Channel.RefundPolicy policy, long ceilingMinor) {
        operations = new Channel.Operations(
                TransactionType.DIRECT_CAPTURE, false, 5, policy, OptionalLong.of(ceilingMinor), false);
        return this;
    }

    /** One that charges lines of type UNSCHEDULED at once. */
    public ChannelBuilder unscheduled() {
        operations = new Channel.Operations(
                operations.transactionType(),
                true,
                5,
                operations.refunds(),
                operations.refundDailyCeilingMinor(),
                false);
        return this;
    }

    public Channel build() {
        ZoneId zone = currency.marketZone();
        return new Channel(
                name,
                sourceId,
                msn,
                currency,
                zone,
                language,
                sftp,
                input,
                defaults,
                policy,
                reports,
                settlement,
                agreements,
                operations,
                expectedFile);
    }
}
