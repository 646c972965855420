package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.security.Actor;
import org.chargebridge.security.Role;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page knows: who reads it, in which language, and where they are. */
@ControllerAdvice(basePackageClasses = PageContext.class)
class PageContext {

    /**
     * A language that the pages are written in.
     *
     * @param name in that language
     * @param read whether this reader reads it
     */
    public record Language(String tag, String name, boolean read) {}

    @ModelAttribute("path")
    String path(HttpServletRequest request) {
        return request.getRequestURI();
    }

    @ModelAttribute("languages")
    List<Language> languages(Locale read) {
        return PageLanguage.SPOKEN.stream()
                .map(locale ->
                        new Language(locale.getLanguage(), locale.getDisplayLanguage(locale), locale.equals(read)))
                .toList();
    }

    /**
     * What the address of the page says beside the language, for the form that changes that. Of a page that answers a form
     * nothing: what was written there must not get into an address.
     */
    @ModelAttribute("kept")
    List<Map.Entry<String, String>> kept(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) {
            return List.of();
        }
        return request.getParameterMap().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(PageLanguage.PARAMETER))
                .flatMap(parameter ->
                        Arrays.stream(parameter.getValue()).map(value -> Map.entry(parameter.getKey(), value)))
                .toList();
    }

    @ModelAttribute("mayOperate")
    boolean mayOperate(Authentication login) {
        return login != null && Actor.of(login).is(Role.OPERATOR);
    }

    @ModelAttribute("mayApprove")
    boolean mayApprove(Authentication login) {
        return login != null && Actor.of(login).is(Role.APPROVER);
    }

    @ModelAttribute("mayAdminister")
    boolean mayAdminister(Authentication login) {
        return login != null && Actor.of(login).is(Role.ADMIN);
    }
}
