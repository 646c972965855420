package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.lang.Nullable;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Tells programs what was wrong with a request as RFC 9457 has it, and people with a page. */
@ControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final List<String> FOR_PROGRAMS = List.of("/operator/", "/api/", "/vipps-recurring-payments/");

    @Override
    @Nullable
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception wrong, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ServletWebRequest asked = (ServletWebRequest) request;
        if (FOR_PROGRAMS.stream().anyMatch(path(asked.getRequest())::startsWith) || asked.getResponse() == null) {
            return super.handleExceptionInternal(wrong, body, headers, status, request);
        }
        try {
            asked.getResponse().sendError(status.value());
            return null;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI();
    }
}
