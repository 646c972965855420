package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.chargebridge.console.Files;
import org.chargebridge.intake.DryRun;
import org.chargebridge.ledger.FileEnquiries;
import org.chargebridge.ledger.SentFiles;

/**
 * A file as JSON; what there is nothing of is left out.
 *
 * @param lines that were read of it, whatever they were answered
 * @param sum of their amounts with their currency, for people; {@code totals} has it for programs
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record FileView(
        long id,
        String channel,
        String kind,
        String name,
        String state,
        String reasonCode,
        String reason,
        int lines,
        String sum,
        long size,
        String format,
        String sha256,
        Instant recordedAt,
        List<FileEnquiries.Total> totals) {

    /** A file with how it was answered, and what came and went of it. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Full(
            @JsonUnwrapped FileView file,
            List<AnsweredView> answers,
            List<DueDayView> dueDays,
            List<FileEnquiries.Arrival> arrivals,
            List<SentView> sent) {

        static Full of(Files.Details details) {
            return new Full(
                    FileView.of(details.file()),
                    details.answers().stream().map(AnsweredView::of).toList(),
                    details.dueDays().stream().map(DueDayView::of).toList(),
                    details.arrivals(),
                    details.sent().stream().map(SentView::of).toList());
        }
    }

    /** What a file would do. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Tried(
            String name,
            String channel,
            String state,
            String reasonCode,
            String reason,
            boolean cameBefore,
            boolean fetched,
            List<FileEnquiries.Total> totals,
            List<AnsweredView> answers,
            List<DueDayView> dueDays,
            List<LineView> lines) {

        static Tried of(DryRun.Forecast forecast) {
            FileEnquiries.FileRow file = forecast.file();
            return new Tried(
                    file.name(),
                    file.channel(),
                    file.state().name(),
                    LineView.code(file.reason().orElse(null)),
                    LineView.text(file.reason().orElse(null)),
                    forecast.before(),
                    forecast.fetched(),
                    file.totals(),
                    forecast.answers().stream().map(AnsweredView::of).toList(),
                    forecast.dueDays().stream().map(DueDayView::of).toList(),
                    forecast.lines().stream().map(LineView::of).toList());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record AnsweredView(String answer, String reasonCode, String currency, long lines, BigDecimal sumMinor) {
        static AnsweredView of(FileEnquiries.Answered row) {
            return new AnsweredView(
                    row.answer().name(),
                    row.reason().map(Enum::name).orElse(null),
                    row.currency(),
                    row.lines(),
                    row.sumMinor());
        }
    }

    /** @param due left out for what is charged at once */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record DueDayView(String due, String currency, long lines, BigDecimal sumMinor) {
        static DueDayView of(FileEnquiries.DueDay day) {
            return new DueDayView(
                    day.due().map(Object::toString).orElse(null), day.currency(), day.lines(), day.sumMinor());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record SentView(
            long id, String kind, String name, String state, long size, Instant renderedAt, Instant deliveredAt) {
        static SentView of(SentFiles.Sent sent) {
            return new SentView(
                    sent.id(),
                    sent.kind().name(),
                    sent.name(),
                    sent.state().name(),
                    sent.size(),
                    sent.renderedAt(),
                    sent.deliveredAt().orElse(null));
        }
    }

    static FileView of(FileEnquiries.FileRow file) {
        return new FileView(
                file.id(),
                file.channel(),
                file.kind().name(),
                file.name(),
                file.state().name(),
                LineView.code(file.reason().orElse(null)),
                LineView.text(file.reason().orElse(null)),
                file.totals().stream().mapToInt(FileEnquiries.Total::lines).sum(),
                file.totals().stream()
                        .filter(total -> !total.currency().isEmpty())
                        .map(total -> total.sumMinor().movePointLeft(2).toPlainString() + " " + total.currency())
                        .collect(Collectors.joining(", ")),
                file.size(),
                file.format().orElse(null),
                file.sha256(),
                file.recordedAt(),
                file.totals());
    }
}
