package org.chargebridge.console.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.chargebridge.console.Deliveries;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /operator/reports}: what went to ERPs, and what will. */
@RestController
@RequestMapping("/operator/reports")
@Tag(name = "reports", description = "What was delivered to ERPs and what will be")
class ReportsController {

    private static final int DAYS = 7;

    /**
     * A file that went, or goes, to an ERP.
     *
     * @param late whether it should have arrived by now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Sent(
            long id,
            String channel,
            String kind,
            String directory,
            String name,
            long size,
            String state,
            boolean late,
            String renderedAt,
            String deliveredAt) {

        static Sent of(Deliveries.Sent sent) {
            return new Sent(
                    sent.file().id(),
                    sent.file().channel(),
                    sent.file().kind().name(),
                    sent.file().directory(),
                    sent.file().name(),
                    sent.file().size(),
                    sent.file().state().name(),
                    sent.late(),
                    sent.file().renderedAt().toString(),
                    sent.file().deliveredAt().map(Object::toString).orElse(null));
        }
    }

    /**
     * A report that falls due.
     *
     * @param given what it needs to be written: {@code ALWAYS} nothing, {@code CHANGES} something that changed by then,
     *     {@code SETTLED} a payout, a day or a month that gets no more entries by then
     */
    record Due(String channel, String kind, String at, String given) {}

    /** A page of files, and the reports that fall due up to the last day that was asked for. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Calendar(List<Sent> items, Long next, List<Due> due) {}

    /** Why. */
    record Order(String reason) {}

    private final Deliveries deliveries;
    private final NamedChannel named;

    ReportsController(Deliveries deliveries, NamedChannel named) {
        this.deliveries = deliveries;
        this.named = named;
    }

    @GetMapping
    @Operation(
            summary = "Lists files made from one day to another, newest first, and reports that fall due until then",
            description = "Days are those of the channel's zone; without from and to, the last week and the next.")
    ResponseEntity<Object> list(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit) {
        Optional<String> asked = Optional.ofNullable(channel);
        named.check(asked, List.of());
        LocalDate today = deliveries.today(asked);
        LocalDate first = from == null ? today.minusDays(DAYS) : from;
        LocalDate last = to == null ? today.plusDays(DAYS) : to;
        int size = Paged.size(limit);
        List<Sent> sent = deliveries.sent(asked, first, last, Paged.before(before), size).stream()
                .map(Sent::of)
                .toList();
        Paged<Sent> page = Paged.of(sent, size, Sent::id);
        List<Due> due = deliveries.due(asked, last).stream()
                .map(report -> new Due(
                        report.channel(),
                        report.kind().name(),
                        report.at().toString(),
                        report.given().name()))
                .toList();
        return ResponseEntity.ok(new Calendar(page.items(), page.next(), due));
    }

    @PostMapping("/{id}/again")
    @Allowed.ToOperators
    @Operation(summary = "Delivers a file once more, byte for byte; what lies there still is left as it is")
    ResponseEntity<Object> again(@PathVariable long id, @RequestBody Order order, Authentication login) {
        return Answers.of(deliveries.again(id, Actor.of(login), order.reason()));
    }
}
