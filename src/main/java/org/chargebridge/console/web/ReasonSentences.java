package org.chargebridge.console.web;

import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.ledger.DeadLetter;
import org.chargebridge.ledger.StoredDeadLetter;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Why something needs a person and what can be done, in the reader's language where there is such a sentence. */
@Component
public class ReasonSentences {

    public String why(StoredDeadLetter stored) {
        return stored.letter().kind() == DeadLetter.Kind.ROUTE
                ? stored.reasonText()
                : ReasonTexts.text(stored.letter().reason(), LocaleContextHolder.getLocale());
    }

    public String remedy(StoredDeadLetter stored) {
        return stored.letter().kind() == DeadLetter.Kind.ROUTE
                ? stored.remedyText()
                : ReasonTexts.remedy(stored.letter().reason(), LocaleContextHolder.getLocale());
    }
}
