package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.NodeDisk;
import org.chargebridge.ledger.LedgerTrouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.lang.Nullable;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Tells programs what was wrong with a request as RFC 9457 has it, and people with a page. */
@ControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final List<String> FOR_PROGRAMS = List.of("/operator/", "/api/", "/vipps-recurring-payments/");

    /** A form with a file in it that could not be kept, or did not come whole. */
    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleUpload(MultipartException unread, WebRequest request) {
        Optional<String> disk = NodeDisk.trouble(unread);
        HttpStatus status = disk.isPresent() ? HttpStatus.INSUFFICIENT_STORAGE : HttpStatus.BAD_REQUEST;
        String detail = disk.map(trouble -> "The file cannot be kept: " + trouble + ".")
                .orElse("The form did not come whole. Send all of it again.");
        return handleExceptionInternal(
                unread, ProblemDetail.forStatusAndDetail(status, detail), new HttpHeaders(), status, request);
    }

    /** A text that the ledger cannot keep, or the ledger is in trouble; every other failure is one of the gateway. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    @Nullable
    ResponseEntity<Object> handleLedger(RuntimeException failed, WebRequest request) {
        HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
        String detail = "It failed here. Look at the gateway's log.";
        Optional<LedgerTrouble> trouble = LedgerTrouble.of(failed);
        if (LedgerTrouble.isOfText(failed)) {
            status = HttpStatus.BAD_REQUEST;
            detail = "A text holds the character U+0000, which nothing is named by. Send it without.";
        } else if (trouble.isPresent()) {
            status = HttpStatus.SERVICE_UNAVAILABLE;
            detail = "It cannot be done now: " + trouble.get().text() + ". Try again.";
        }
        if (status.is5xxServerError()) {
            LOG.error("{} could not be answered", path(((ServletWebRequest) request).getRequest()), failed);
        }
        return handleExceptionInternal(
                failed, ProblemDetail.forStatusAndDetail(status, detail), new HttpHeaders(), status, request);
    }

    @Override
    @Nullable
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException wrong, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, Unreadable.parameter(wrong));
        return handleExceptionInternal(wrong, problem, headers, status, request);
    }

    @Override
    @Nullable
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException wrong, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, Unreadable.body(wrong));
        return handleExceptionInternal(wrong, problem, headers, status, request);
    }

    @Override
    @Nullable
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception wrong, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        ServletWebRequest asked = (ServletWebRequest) request;
        if (asked.getResponse() == null || asked.getResponse().isCommitted()) {
            // What it sent broke off, and the server has said so.
            return null;
        }
        if (FOR_PROGRAMS.stream().anyMatch((path(asked.getRequest()) + "/")::startsWith)) {
            return withRemedy(
                    wrong, super.handleExceptionInternal(wrong, body, headers, status, request), asked.getRequest());
        }
        try {
            asked.getResponse().sendError(status.value());
            return null;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** Of an address or method that there is none of; every other problem says of itself what to do. */
    @Nullable
    private static ResponseEntity<Object> withRemedy(
            Exception wrong, @Nullable ResponseEntity<Object> answer, HttpServletRequest request) {
        if (answer != null && answer.getBody() instanceof ProblemDetail problem) {
            String document = path(request).startsWith("/operator/") ? "/operator/openapi.json" : "/api/openapi.json";
            if (wrong instanceof NoResourceFoundException) {
                problem.setDetail("There is no such address.");
                problem.setProperty("remedy", "Take one of those in " + document + ", without a slash at the end.");
            } else if (wrong instanceof HttpRequestMethodNotSupportedException) {
                problem.setProperty("remedy", "Send the request with a method that " + document + " names for it.");
            }
        }
        return answer;
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI();
    }
}
