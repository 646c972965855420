package org.chargebridge.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.autoconfigure.web.servlet.error.BasicErrorController;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorViewResolver;
import org.springframework.boot.web.servlet.error.ErrorAttributes;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;

/** Tells programs as a problem (RFC 9457), too, what failed where nobody could say why; people get a page. */
@Controller
class FailureAnswers extends BasicErrorController {

    FailureAnswers(ErrorAttributes attributes, ServerProperties server, List<ErrorViewResolver> views) {
        super(attributes, server.getError(), views);
    }

    @Override
    public ResponseEntity<Map<String, Object>> error(HttpServletRequest request) {
        HttpStatus status = getStatus(request);
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("title", status.getReasonPhrase());
        problem.put("status", status.value());
        if (status.is5xxServerError()) {
            problem.put("detail", "It failed here. Look at the gateway's health and log, and try again.");
        } else if (status == HttpStatus.REQUEST_TIMEOUT) {
            problem.put(
                    "detail", "The body did not come in time, and nothing of it is done. Send the same bytes again.");
        } else if (status == HttpStatus.NOT_FOUND) {
            problem.put("detail", "There is no such address.");
        }
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
