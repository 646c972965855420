package org.chargebridge.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.context.request.ServletWebRequest;

/** What programs and people are told while the database is in trouble. */
class LedgerProblemsTest {

    private final MockHttpServletResponse response = new MockHttpServletResponse();

    private ResponseEntity<Object> told(String path, RuntimeException failure) {
        return new Problems()
                .handleLedger(failure, new ServletWebRequest(new MockHttpServletRequest("GET", path), response));
    }

    @Test
    void aDatabaseThatIsAwayIsNamedAndTheCallerMayTryAgain() {
        ResponseEntity<Object> answer = told("/operator/files", new CannotCreateTransactionException("away"));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(((ProblemDetail) answer.getBody()).getDetail())
                .isEqualTo("It cannot be done now: the database does not answer. Try again.");
    }

    @Test
    void aPageSaysSoToo() {
        assertThat(told("/files", new CannotCreateTransactionException("away"))).isNull();
        assertThat(response.getStatus()).isEqualTo(503);
    }

    @Test
    void anythingElseIsAFailureOfTheGateway() {
        assertThat(told("/operator/files", new DuplicateKeyException("twice"))
                        .getStatusCode()
                        .value())
                .isEqualTo(500);
    }
}
