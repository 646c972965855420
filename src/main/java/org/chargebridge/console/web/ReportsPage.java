package org.chargebridge.console.web;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.chargebridge.channel.Channels;
import org.chargebridge.console.Deliveries;
import org.chargebridge.console.Result;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.lang.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The calendar of what went to ERPs and what will, and how one file goes once more. */
@Controller
@RequestMapping("/reports")
class ReportsPage {

    private static final int DAYS = 7;
    private static final int SIZE = 200;

    /** The files made on a day. */
    public record Day(LocalDate date, List<Deliveries.Sent> files) {}

    private final Deliveries deliveries;
    private final Channels channels;

    ReportsPage(Deliveries deliveries, Channels channels) {
        this.deliveries = deliveries;
        this.channels = channels;
    }

    @GetMapping
    String calendar(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        Optional<String> asked = Optional.ofNullable(channel).filter(channels::has);
        LocalDate today = deliveries.today(asked);
        LocalDate first = from == null ? today.minusDays(DAYS) : from;
        LocalDate last = to == null ? today.plusDays(DAYS) : to;
        List<Deliveries.Sent> sent =
                deliveries.sent(asked, first, last, before == null ? Long.MAX_VALUE : before, SIZE);
        Map<LocalDate, List<Deliveries.Sent>> byDay = sent.stream()
                .collect(Collectors.groupingBy(
                        each -> LocalDate.ofInstant(
                                each.file().renderedAt(), zoneOf(each.file().channel())),
                        () -> new TreeMap<LocalDate, List<Deliveries.Sent>>(Comparator.reverseOrder()),
                        Collectors.toList()));
        model.addAttribute("channel", asked.orElse(""));
        model.addAttribute("from", first);
        model.addAttribute("to", last);
        model.addAttribute(
                "days",
                byDay.entrySet().stream()
                        .map(day -> new Day(day.getKey(), day.getValue()))
                        .toList());
        model.addAttribute("late", sent.stream().filter(Deliveries.Sent::late).count());
        model.addAttribute("due", deliveries.due(asked, last));
        model.addAttribute("channels", channels.names());
        if (sent.size() == SIZE) {
            model.addAttribute("next", sent.get(SIZE - 1).file().id());
        }
        return "reports";
    }

    private ZoneId zoneOf(String channel) {
        return channels.has(channel) ? channels.named(channel).zone() : ZoneId.of("UTC");
    }

    /** The form that asks once. */
    @GetMapping("/{id}/again")
    String ask(@PathVariable long id, Model model) {
        model.addAttribute("file", deliveries.byId(id).orElseThrow(NoSuchThing::new));
        return "report-again";
    }

    @PostMapping("/{id}/again")
    @Allowed.ToOperators
    String again(
            @PathVariable long id, @RequestParam String reason, Authentication login, RedirectAttributes redirect) {
        Result result = deliveries.again(id, Actor.of(login), reason);
        Notice.of(result).in(redirect);
        return result.kind() == Result.Kind.INVALID ? "redirect:/reports/" + id + "/again" : "redirect:/reports";
    }
}
