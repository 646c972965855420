package org.chargebridge.console.rest;

import java.util.Map;
import org.chargebridge.console.Result;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Tells what came of an order as HTTP does: a message where it was carried out, a problem (RFC 9457) where not. */
final class Answers {

    private Answers() {}

    static ResponseEntity<Object> of(Result result) {
        HttpStatus status = status(result);
        return result.isGood() ? good(status, result.message()) : problem(status, result.message());
    }

    static ResponseEntity<Object> good(HttpStatus status, String message) {
        return ResponseEntity.status(status).body(Map.of("message", message));
    }

    static HttpStatus status(Result result) {
        return switch (result.kind()) {
            case DONE -> HttpStatus.OK;
            case ACCEPTED -> HttpStatus.ACCEPTED;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case NOT_POSSIBLE -> HttpStatus.CONFLICT;
            case NOT_ALLOWED -> HttpStatus.FORBIDDEN;
            case INVALID -> HttpStatus.BAD_REQUEST;
        };
    }

    static ResponseEntity<Object> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
