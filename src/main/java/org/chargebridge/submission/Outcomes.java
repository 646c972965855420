package org.chargebridge.submission;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.chargebridge.recurring.ApiSettings;
import org.chargebridge.recurring.CallFailure;
import org.chargebridge.recurring.CallNotSent;
import org.chargebridge.recurring.CallUnanswered;
import org.chargebridge.recurring.CreateAnswer;
import org.chargebridge.recurring.Problem;
import org.chargebridge.recurring.RetryAfter;
import org.chargebridge.recurring.TokenUnavailable;
import org.chargebridge.recurring.UnreadableAnswer;
import org.springframework.stereotype.Component;

/** The one place that says what an answer, or the lack of one, means; its table stands in {@code docs/answers.md}. */
@Component
public class Outcomes {

    private final ApiSettings settings;
    private final Clock clock;

    public Outcomes(ApiSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What an HTTP answer means.
     *
     * @param headers of the answer, names in any case
     * @param body as received, empty where there was none
     */
    public Outcome of(int status, Map<String, ?> headers, byte[] body) {
        return switch (rowOf(status)) {
            case ANSWERED -> answered(status, body);
            case REQUEST_REFUSED, CLIENT_ERROR -> new Outcome.RefusedWhole(status, Problem.of(status, body));
            case TOKEN_REFUSED -> new Outcome.Unauthorized(Problem.of(status, body));
            case FORBIDDEN -> new Outcome.Forbidden(Problem.of(status, body));
            case NOT_FOUND -> new Outcome.NotFound(Problem.of(status, body));
            case PROXY_REFUSED -> new Outcome.NotSent("a proxy asks for authentication (HTTP 407)", Optional.empty());
            case CONFLICT -> new Outcome.Conflict(Problem.of(status, body));
            case THROTTLED -> new Outcome.Throttled(pause(headers), Problem.of(status, body));
            case SERVER_FAILURE -> new Outcome.ServerFailure(status, Problem.of(status, body), asked(status, headers));
            default -> new Outcome.NoAnswer(Problem.of(status, body).summary());
        };
    }

    /** What a failed call means, whatever it is wrapped in. */
    public Outcome of(Throwable failure) {
        AnswerRow known = AnswerRow.ANY_OTHER_FAILURE;
        Throwable shown = failure;
        for (Throwable cause : CallFailure.causes(failure)) {
            AnswerRow row = rowOf(cause);
            if (row != AnswerRow.ANY_OTHER_FAILURE) {
                known = row;
                shown = cause;
            }
            // That nothing was sent is certain from here on; what lies deeper only says why.
            if (row != AnswerRow.ANY_OTHER_FAILURE && row != AnswerRow.NEVER_LEFT) {
                break;
            }
        }
        return failed(known, shown);
    }

    static AnswerRow rowOf(int status) {
        return switch (status) {
            case 200, 201, 202 -> AnswerRow.ANSWERED;
            case 400, 413, 422 -> AnswerRow.REQUEST_REFUSED;
            case 401 -> AnswerRow.TOKEN_REFUSED;
            case 403 -> AnswerRow.FORBIDDEN;
            case 404 -> AnswerRow.NOT_FOUND;
            case 407 -> AnswerRow.PROXY_REFUSED;
            case 408 -> AnswerRow.TIMED_OUT_THERE;
            case 409 -> AnswerRow.CONFLICT;
            case 429 -> AnswerRow.THROTTLED;
            default -> {
                if (status >= 500) {
                    yield AnswerRow.SERVER_FAILURE;
                }
                yield status >= 400 ? AnswerRow.CLIENT_ERROR : AnswerRow.STATUS_UNEXPECTED;
            }
        };
    }

    static AnswerRow rowOf(Throwable failure) {
        if (failure instanceof TokenUnavailable token) {
            return switch (token.kind()) {
                case TRY_LATER -> AnswerRow.NO_TOKEN_NOW;
                case KEYS_WRONG -> AnswerRow.KEYS_WRONG;
            };
        }
        if (failure instanceof CallUnanswered) {
            return AnswerRow.BROKEN_OFF;
        }
        if (failure instanceof UnknownHostException) {
            return AnswerRow.NAME_UNKNOWN;
        }
        if (failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException) {
            return AnswerRow.NOT_CONNECTED;
        }
        if (failure instanceof ConnectionRequestTimeoutException) {
            return AnswerRow.NO_CONNECTION_FREE;
        }
        if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return AnswerRow.NOT_TRUSTED;
        }
        return failure instanceof CallNotSent ? AnswerRow.NEVER_LEFT : AnswerRow.ANY_OTHER_FAILURE;
    }

    private static Outcome answered(int status, byte[] body) {
        try {
            CreateAnswer answer = CreateAnswer.parse(body);
            return new Outcome.Answered(status, answer.validCharges(), answer.invalidCharges());
        } catch (UnreadableAnswer unreadable) {
            return new Outcome.NoAnswer("HTTP " + status + ", but " + unreadable.getMessage());
        }
    }

    private static Outcome failed(AnswerRow row, Throwable cause) {
        String text = describe(cause);
        return switch (row) {
            case KEYS_WRONG -> new Outcome.KeysWrong(text);
            case NO_TOKEN_NOW -> new Outcome.NotSent(text, ((TokenUnavailable) cause).retryAfter());
            case NEVER_LEFT, NAME_UNKNOWN, NOT_CONNECTED, NO_CONNECTION_FREE, NOT_TRUSTED ->
                new Outcome.NotSent(text, Optional.empty());
            default -> new Outcome.NoAnswer(text);
        };
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return cause.getClass().getSimpleName() + (message == null || message.isBlank() ? "" : ": " + message);
    }

    private Optional<Duration> asked(int status, Map<String, ?> headers) {
        return RetryAfter.asked(status, headers, clock.instant(), settings.retryAfterCap());
    }

    private Duration pause(Map<String, ?> headers) {
        return RetryAfter.parse(headers, clock.instant(), settings.retryAfterCap());
    }
}
