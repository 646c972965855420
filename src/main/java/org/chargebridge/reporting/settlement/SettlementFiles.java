package org.chargebridge.reporting.settlement;

import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.Settlement;
import org.chargebridge.channel.Settlement.Format;
import org.chargebridge.channel.Settlement.Period;
import org.chargebridge.ledger.OutboundFile;
import org.chargebridge.ledger.OutboundFiles;
import org.chargebridge.ledger.SettlementGroup;
import org.chargebridge.ledger.SettlementLedger;
import org.chargebridge.ledger.SettlementLines;
import org.chargebridge.ledger.SettlementPayout;
import org.chargebridge.ledger.SettlementReport;
import org.springframework.stereotype.Component;

/** Renders a settlement report into the files that a channel wants of it, in the transaction that makes it. */
@Component
class SettlementFiles {

    private final SettlementLines lines;
    private final OutboundFiles outboundFiles;

    SettlementFiles(SettlementLines lines, OutboundFiles outboundFiles) {
        this.lines = lines;
        this.outboundFiles = outboundFiles;
    }

    /** @return the names of the files */
    List<String> write(
            Channel channel, Settlement settings, SettlementLedger ledger, Period period, SettlementReport report) {
        Content content = new Content(head(channel, ledger, period, report), report);
        List<String> names = new ArrayList<>();
        String in = channel.sftp().inDirectory();
        if (settings.posting().period() == period) {
            names.add(create(channel, settings, settings.posting().format(), in, content));
        }
        for (Settlement.Report information : settings.information()) {
            if (information.period() == period) {
                names.add(create(channel, settings, information.format(), in + "/info", content));
            }
        }
        if (settings.posting().period() == period) {
            names.addAll(explanations(channel, content, report));
        }
        if (period == Period.PAYOUT && report.lines() > 0) {
            settings.retiredTree().forEach(format -> names.add(inRetiredTree(channel, settings, format, content)));
        }
        return names;
    }

    /** What is not posted and explains what is: fees by payment, and the lines that other channels post (MR26, MR27). */
    private List<String> explanations(Channel channel, Content content, SettlementReport report) {
        List<String> names = new ArrayList<>();
        String directory = channel.sftp().inDirectory() + "/info";
        SettlementRows rows = new SettlementRows(Channel.ReportFormat.CSV);
        if (lines.hasFees(report)) {
            String name = content.head().name() + ".fees.csv";
            names.add(create(
                    channel,
                    (all, out) -> rows.writeLines(all.head(), taker -> lines.forEachFee(report, taker::take), out),
                    directory,
                    name,
                    content));
        }
        if (report.owner() && lines.isShared(report)) {
            String name = content.head().name() + ".all.csv";
            names.add(create(
                    channel,
                    (all, out) -> rows.writeLines(all.head(), taker -> lines.forEachEntry(report, taker::take), out),
                    directory,
                    name,
                    content));
        }
        return names;
    }

    /**
     * Where the SFTP service that Vipps closed in 2024 had it: one file for each settlement of a sales unit. A payout is
     * always above zero, so that there is none for other days, nor for one that holds nothing of the sales unit's.
     */
    private String inRetiredTree(Channel channel, Settlement settings, Format format, Content content) {
        SettlementHead head = content.head();
        String extension = format == Format.PORTAL_XML ? "xml" : "csv";
        String payoutId = head.payouts().get(head.payouts().size() - 1).payoutId();
        String settlementNumber = payoutId.substring(payoutId.lastIndexOf('-') + 1);
        String directory = Settlement.RETIRED_INBOX
                + String.join("/", extension, plain(head.ledger().ownerId().orElse("unknown")), head.msn());
        String stem = head.msn() + "-" + plain(settlementNumber);
        String name = stem + "." + extension;
        // Numbers begin again on another ledger, and a payout that came back may be paid again under its own.
        for (int again = 2; outboundFiles.isNameTaken(channel.name(), directory, name); again++) {
            name = stem + "-" + again + "." + extension;
        }
        return create(channel, SettlementWriters.of(settings, format), directory, name, content);
    }

    /** Nothing that the API sends may lead elsewhere. */
    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9-]", "_");
    }

    private String create(Channel channel, Settlement settings, Format format, String directory, Content content) {
        String name = content.head().name() + SettlementWriters.extension(format);
        return create(channel, SettlementWriters.of(settings, format), directory, name, content);
    }

    private String create(Channel channel, SettlementWriter writer, String directory, String name, Content content) {
        outboundFiles.create(
                channel.name(), OutboundFile.Kind.SETTLEMENT, directory, name, out -> writer.write(content, out));
        return name;
    }

    private SettlementHead head(Channel channel, SettlementLedger ledger, Period period, SettlementReport report) {
        List<SettlementPayout> payouts = lines.payouts(report);
        return new SettlementHead(
                name(report, period),
                report.number(),
                report.previous().map(Integer::longValue),
                channel.name(),
                channel.msn(),
                period,
                report.firstDate(),
                report.lastDate(),
                report.madeAt(),
                channel.zone(),
                ledger,
                report.owner(),
                report.openingMinor(),
                Math.addExact(report.openingMinor(), report.sumMinor()),
                report.lines(),
                report.sumMinor(),
                payouts,
                lines.areFeesInvoiced(report),
                report.elsewhereMinor());
    }

    /** {@code settlement-<channel>-<period>-<number>-<last day>} */
    private static String name(SettlementReport report, Period period) {
        return "settlement-" + report.channel() + "-" + period.word() + "-" + report.number() + "-"
                + DateTimeFormatter.BASIC_ISO_DATE.format(report.lastDate());
    }

    private final class Content implements SettlementContent {

        private final SettlementHead head;
        private final SettlementReport report;
        private Optional<List<SettlementGroup>> groups = Optional.empty();

        private Content(SettlementHead head, SettlementReport report) {
            this.head = head;
            this.report = report;
        }

        @Override
        public SettlementHead head() {
            return head;
        }

        @Override
        public List<SettlementGroup> groups() {
            if (groups.isEmpty()) {
                groups = Optional.of(SettlementFiles.this.lines.groups(report));
            }
            return groups.get();
        }

        @Override
        public void forEachLine(Lines taker) throws java.io.IOException {
            SettlementFiles.this.lines.forEach(report, taker::take);
        }
    }
}
