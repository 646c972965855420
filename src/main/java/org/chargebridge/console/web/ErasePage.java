package org.chargebridge.console.web;

import java.util.Arrays;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OrderOutcome;
import org.chargebridge.console.Reasons;
import org.chargebridge.console.Result;
import org.chargebridge.ledger.AuditHistory;
import org.chargebridge.retention.Erasure;
import org.chargebridge.retention.Erasures;
import org.chargebridge.retention.Person;
import org.chargebridge.security.Allowed;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Erases a person: looks what there is, asks once with a reason, and shows what was erased with its entry in the audit
 * trail. The person is written in forms alone, for addresses are logged on their way.
 */
@Controller
@RequestMapping("/erase")
class ErasePage {

    /** Whom, as it was written. */
    public record Wish(String by, String value, String channel) {

        /** Empty where it is not said of whom, or how they are known. */
        Optional<Person> person() {
            return by == null || value == null || value.isBlank() || channel == null
                    ? Optional.empty()
                    : Arrays.stream(Person.By.values())
                            .filter(way -> way.name().equals(by))
                            .findFirst()
                            .map(way -> new Person(way, value, channel));
        }

        /** Never the value: it would stand in logs. */
        @Override
        public String toString() {
            return "somebody known by " + by;
        }
    }

    private final Erasures erasures;
    private final Channels channels;
    private final AuditHistory history;

    ErasePage(Erasures erasures, Channels channels, AuditHistory history) {
        this.erasures = erasures;
        this.channels = channels;
        this.history = history;
    }

    /** Also under the address of the preview, for who reads that again or in another language: it says of nobody. */
    @GetMapping({"", "/preview"})
    @Allowed.ToAdmins
    String ask(@ModelAttribute("wish") Wish wish, Model model) {
        return form(model);
    }

    /** Tells what would be erased, and asks once. */
    @PostMapping("/preview")
    @Allowed.ToAdmins
    String preview(@ModelAttribute("wish") Wish wish, Model model) {
        Optional<Erasure> found = wish.person().map(erasures::preview);
        if (found.isPresent() && found.get() instanceof Erasure.Preview preview) {
            model.addAttribute("preview", preview);
        } else {
            told(found, model);
        }
        return form(model);
    }

    @PostMapping
    @Allowed.ToAdmins
    String erase(
            @ModelAttribute("wish") Wish wish,
            @RequestParam(defaultValue = "") String reason,
            Authentication login,
            Model model,
            RedirectAttributes next) {
        Optional<OrderOutcome> fault = Reasons.fault(Reasons.of(reason), true).map(Result::outcome);
        if (fault.isPresent() || wish.person().isEmpty()) {
            String page = preview(wish, model);
            fault.ifPresent(wrong -> bad(wrong, model));
            return page;
        }
        Erasure erasure = erasures.erase(wish.person().get(), login.getName(), reason);
        if (erasure instanceof Erasure.Erased erased) {
            next.addFlashAttribute("erased", erased);
            return "redirect:/erase/" + erased.number();
        }
        model.addAttribute("reason", reason);
        String page = preview(wish, model);
        told(Optional.of(erasure), model);
        return page;
    }

    /** What was erased, without who it was. */
    @GetMapping("/{id}")
    @Allowed.ToAdmins
    String erased(@PathVariable long id, Model model) {
        model.addAttribute("number", id);
        model.addAttribute(
                "entry", history.of("erasure " + id).stream().findFirst().orElseThrow(NoSuchThing::new));
        return "erased";
    }

    private String form(Model model) {
        model.addAttribute("channels", channels.names());
        model.addAttribute("ways", Person.By.values());
        return "erase";
    }

    private static void told(Optional<Erasure> erasure, Model model) {
        if (erasure.isEmpty()) {
            model.addAttribute("fault", "unclear");
        } else if (erasure.get() instanceof Erasure.Unknown) {
            model.addAttribute("fault", "unknown");
        } else if (erasure.get() instanceof Erasure.Refused refused) {
            bad(refused.why(), model);
        }
    }

    private static void bad(OrderOutcome why, Model model) {
        model.addAttribute("notice", why.in(LocaleContextHolder.getLocale()));
        model.addAttribute("noticeKind", "bad");
    }
}
