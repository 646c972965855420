package org.chargebridge.channel;

import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code chargebridge.channels.<name>} as written: every value a text, so that what cannot be read is told together with
 * all other problems. {@code status-report.schedule} is read once more, because a cron expression may hold commas.
 */
record RawChannel(
        String sourceId,
        String salesUnit,
        String zone,
        String language,
        @DefaultValue RawSftp sftp,
        String format,
        String filePattern,
        @DefaultValue RawCsv csv,
        @DefaultValue RawJson json,
        String markerSuffix,
        String retryDays,
        String descriptionTemplate,
        String descriptionLength,
        String dueDaysAfterIssue,
        String legalEntity,
        String documentSeries,
        String externalId,
        String lateDue,
        String maxDaysLate,
        String leadDays,
        String cutOff,
        String onConflict,
        String goLiveDate,
        String maxPerCharge,
        String maxPerFile,
        String transactionType,
        String unscheduled,
        String importAgreements,
        String draft,
        String redirectUrl,
        String agreementUrl,
        String sellerName,
        String captureReminderDays,
        String refundPolicy,
        String refundDailyCeiling,
        String approval,
        @DefaultValue RawStatusReport statusReport,
        RawSettlement settlement,
        RawExpectedFile expectedFile) {

    record RawSftp(
            String host,
            String port,
            String user,
            String password,
            String privateKeyFile,
            String privateKeyPassphrase,
            String hostKey,
            String outDirectory,
            String inDirectory,
            String pollInterval) {}

    record RawCsv(
            String charset,
            String delimiter,
            String decimalMark,
            String datePattern,
            Map<String, String> columns,
            String trailer,
            String finalLineEnd) {}

    record RawJson(String pointer) {}

    record RawSettlement(
            String from,
            List<String> schedule,
            String bankDaysOnly,
            String format,
            String period,
            List<String> information,
            String ledgerOwner,
            String unknownEntries,
            String camtVersion,
            String portalCsv,
            String account,
            List<String> retiredTree) {}

    record RawExpectedFile(List<String> schedule, String grace, String bankDaysOnly, String sequence) {}

    record RawStatusReport(List<String> schedule, String format, String writeEmpty) {}
}
