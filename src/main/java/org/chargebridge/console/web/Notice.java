package org.chargebridge.console.web;

import org.chargebridge.console.Result;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What came of an order, at the top of the next page, in the language of whoever gave it. */
record Notice(Result result) {

    static Notice of(Result result) {
        return new Notice(result);
    }

    void in(RedirectAttributes redirect) {
        redirect.addFlashAttribute("notice", result.outcome().in(LocaleContextHolder.getLocale()));
        if (!result.isGood()) {
            redirect.addFlashAttribute("noticeKind", "bad");
        }
    }
}
