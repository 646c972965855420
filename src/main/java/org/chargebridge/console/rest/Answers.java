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
        return switch (result.kind()) {
            case DONE -> ResponseEntity.ok(Map.of("message", result.message()));
            case ACCEPTED -> ResponseEntity.status(HttpStatus.ACCEPTED).body(Map.of("message", result.message()));
            case NOT_FOUND -> problem(HttpStatus.NOT_FOUND, result.message());
            case NOT_POSSIBLE -> problem(HttpStatus.CONFLICT, result.message());
            case NOT_ALLOWED -> problem(HttpStatus.FORBIDDEN, result.message());
            case INVALID -> problem(HttpStatus.BAD_REQUEST, result.message());
        };
    }

    static ResponseEntity<Object> problem(HttpStatus status, String detail) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ProblemDetail.forStatusAndDetail(status, detail));
    }
}
