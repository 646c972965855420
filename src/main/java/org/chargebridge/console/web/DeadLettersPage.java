package org.chargebridge.console.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channels;
import org.chargebridge.charge.OutcomeSentence;
import org.chargebridge.console.DeadLetterDecisions;
import org.chargebridge.console.LetterFilters;
import org.chargebridge.console.LetterOrder;
import org.chargebridge.console.Letters;
import org.chargebridge.console.Result;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.DeadLetterFilter;
import org.chargebridge.ledger.DeadLetterHandler.Decision;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Allowed;
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
import org.springframework.web.util.UriComponentsBuilder;

/** What needs a person: a list to choose from, and each with its buttons, which ask once. */
@Controller
@RequestMapping("/deadletters")
class DeadLettersPage {

    private static final int SIZE = 50;

    /** What the reader filtered by, as they wrote it. */
    public record Asked(String state, String kind, String channel, String orderId, String reason) {

        private DeadLetterFilter filter() {
            try {
                return LetterFilters.of(state, kind, channel, orderId, reason);
            } catch (IllegalArgumentException noSuchWord) {
                return LetterFilters.of(null, null, channel, orderId, null);
            }
        }

        /** The address of the list that is filtered so. */
        public String address() {
            return UriComponentsBuilder.fromPath("/deadletters")
                    .queryParam("state", "{state}")
                    .queryParam("kind", "{kind}")
                    .queryParam("channel", "{channel}")
                    .queryParam("orderId", "{orderId}")
                    .queryParam("reason", "{reason}")
                    .encode()
                    .buildAndExpand(text(state), text(kind), text(channel), text(orderId), text(reason))
                    .toUriString();
        }

        /** The address of the page that begins before a letter. */
        public String next(long before) {
            return address() + "&before=" + before;
        }

        /** Whether only open letters are shown, about which much can be decided at once. */
        public boolean isOpen() {
            return state == null || state.isBlank() || state.equalsIgnoreCase("open");
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }
    }

    private final Letters letters;
    private final DeadLetterDecisions decisions;
    private final Channels channels;
    private final ReasonSentences sentences;

    DeadLettersPage(Letters letters, DeadLetterDecisions decisions, Channels channels, ReasonSentences sentences) {
        this.letters = letters;
        this.decisions = decisions;
        this.channels = channels;
        this.sentences = sentences;
    }

    @GetMapping
    String list(Asked asked, @RequestParam(required = false) @Nullable Long before, Model model) {
        List<Letters.Told> found = letters.find(asked.filter(), before == null ? Long.MAX_VALUE : before, SIZE);
        model.addAttribute("asked", asked);
        model.addAttribute("letters", found);
        model.addAttribute("sentences", sentences);
        model.addAttribute("kinds", DeadLetter.Kind.values());
        model.addAttribute("states", DeadLetter.State.values());
        model.addAttribute("reasons", letters.openReasons());
        model.addAttribute("channels", channels.names());
        if (found.size() == SIZE) {
            model.addAttribute(
                    "next", asked.next(found.get(SIZE - 1).stored().letter().id()));
        }
        return "deadletters";
    }

    @GetMapping("/{id}")
    String one(@PathVariable long id, Model model) {
        Letters.Told told = letters.byId(id).orElseThrow(NoSuchThing::new);
        model.addAttribute("told", told);
        model.addAttribute("history", letters.history(id));
        model.addAttribute("sentences", sentences);
        model.addAttribute("decisions", told.possible().stream().sorted().toList());
        return "deadletter";
    }

    /** The form that asks once. */
    @GetMapping("/{id}/{decision}")
    String ask(@PathVariable long id, @PathVariable String decision, Model model) {
        Letters.Told told = letters.byId(id).orElseThrow(NoSuchThing::new);
        model.addAttribute("told", told);
        model.addAttribute("decision", decision(decision));
        model.addAttribute("sentences", sentences);
        return "deadletter-order";
    }

    @PostMapping("/{id}/{decision}")
    @Allowed.ToThoseWhoDecide
    String decide(
            @PathVariable long id,
            @PathVariable String decision,
            @RequestParam(defaultValue = "") String reason,
            @RequestParam(defaultValue = "") String due,
            @RequestParam(defaultValue = "") String agreementId,
            Authentication login,
            RedirectAttributes redirect) {
        LetterOrder order =
                switch (decision(decision)) {
                    case CORRECT_DUE_DATE -> dueOn(due).orElse(null);
                    case CORRECT_AGREEMENT -> LetterOrder.on(agreementId.strip());
                    case REDRIVE, DISCARD, LOOK_UP -> LetterOrder.of(decision(decision));
                };
        Result result = order == null
                ? Result.invalid(OutcomeSentence.DUE_DATE_UNREADABLE.of())
                : decisions.decide(id, order, Actor.of(login), reason);
        Notice.of(result).in(redirect);
        boolean again = result.kind() == Result.Kind.INVALID;
        return "redirect:/deadletters/" + id + (again ? "/" + decision(decision).word() : "");
    }

    private static Optional<LetterOrder> dueOn(String due) {
        try {
            return Optional.of(LetterOrder.dueOn(LocalDate.parse(due)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Decision decision(String word) {
        return Decision.of(word).orElseThrow(NoSuchThing::new);
    }
}
