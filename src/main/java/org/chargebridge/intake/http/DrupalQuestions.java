package org.chargebridge.intake.http;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.channel.Channel;
import org.chargebridge.channel.TrackingSettings;
import org.chargebridge.ledger.AgreementOwners;
import org.chargebridge.ledger.Pacing;
import org.chargebridge.ledger.Pacing.LimitClass;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The endpoints of the Drupal module that ask the API: about an agreement, about its charges, whether the keys work. */
@Component("drupalQuestions")
public class DrupalQuestions {

    private static final Pattern AGREEMENT_ID = Pattern.compile("agr_[A-Za-z0-9]{1,60}");
    private static final int PAGES_MAX = 20;

    private final DrupalSettings settings;
    private final AgreementOwners owners;
    private final Pacing pacing;
    private final TransactionTemplate transactions;
    private final TrackingSettings tracking;

    DrupalQuestions(
            DrupalSettings settings,
            AgreementOwners owners,
            Pacing pacing,
            TransactionTemplate transactions,
            TrackingSettings tracking) {
        this.settings = settings;
        this.owners = owners;
        this.pacing = pacing;
        this.transactions = transactions;
        this.tracking = tracking;
    }

    /** What is to be asked, in the order of the request. */
    public List<DrupalQuestion> of(Caller caller) {
        DrupalInstructions.open(settings);
        boolean charges = caller.path().endsWith("/charge/get");
        List<String> ids = charges ? DrupalForm.agreementIds(caller.body()) : List.of(DrupalForm.id(caller.body()));
        List<DrupalQuestion> questions = new ArrayList<>();
        ids.forEach(id -> questions.add(question(id, caller.channel(), charges)));
        return questions;
    }

    private DrupalQuestion question(String id, Channel channel, boolean charges) {
        DrupalQuestion question = new DrupalQuestion(id, channel.msn(), charges);
        if (!AGREEMENT_ID.matcher(id).matches()) {
            question.failed(400, "this is no agreement id");
        } else if (!owners.elsewhere(channel.sourceId(), channel.msn(), List.of(id))
                .isEmpty()) {
            question.failed(404, "there is no such agreement");
        }
        return question;
    }

    /** Whether the API may be asked now; where not, the question is answered so. */
    public boolean mayAsk(DrupalQuestion question) {
        if (!question.isOpen()) {
            return false;
        }
        if (question.pages() == PAGES_MAX) {
            question.failed(502, "the agreement has more charges than are listed here");
            return false;
        }
        Integer taken = transactions.execute(
                status -> pacing.take(question.getMsn(), LimitClass.FETCH_CHARGE, tracking.getsPerMinute(), 1));
        if (taken == null || taken == 0) {
            question.failed(503, "the API is asked as often as it allows already; ask again in a minute");
            return false;
        }
        return true;
    }

    /**
     * What the API showed, in the module's words.
     *
     * @param next where the list goes on; null at its end
     */
    public void found(DrupalQuestion question, String text, String next) {
        question.found(text, Optional.ofNullable(next));
    }

    /** The API did not show it. */
    public void failed(DrupalQuestion question, int status, String why) {
        question.failed(status, why);
    }

    /** Lists of charges as JSON texts inside {@code successes}; or the agreement itself. */
    public HttpAnswer answer(List<DrupalQuestion> questions) {
        if (questions.size() == 1 && !questions.get(0).isCharges()) {
            return agreement(questions.get(0));
        }
        List<String> successes = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        questions.forEach(question -> question.error()
                .ifPresentOrElse(
                        why -> errors.add(question.agreementId() + ": " + why),
                        () -> successes.add("[" + question.text() + "]")));
        return DrupalInstructions.json(successes, errors);
    }

    private static HttpAnswer agreement(DrupalQuestion question) {
        if (question.error().isEmpty()) {
            return new HttpAnswer(
                    200,
                    "application/json",
                    new ByteArrayInputStream(question.text().getBytes(StandardCharsets.UTF_8)),
                    Map.of());
        }
        int status = List.of(400, 404, 503).contains(question.status()) ? question.status() : 502;
        return HttpAnswer.of(HttpProblem.of(
                status,
                "The agreement cannot be shown",
                question.agreementId() + ": " + question.error().get(),
                "Look whether the id is right, or ask again later."));
    }

    /** Whether the keys of the caller's sales unit work. */
    public HttpAnswer credentials(Caller caller, Optional<String> trouble) {
        DrupalInstructions.open(settings);
        if (trouble.isPresent()) {
            return HttpAnswer.of(HttpProblem.of(
                    502,
                    "The keys do not work",
                    trouble.get(),
                    "Ask whoever runs Chargebridge to check the keys of sales unit "
                            + caller.channel().msn() + "."));
        }
        String text = "\"The keys of sales unit " + caller.channel().msn() + " work.\"";
        return HttpAnswer.json(text.getBytes(StandardCharsets.UTF_8));
    }
}
