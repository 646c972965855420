package org.chargebridge.intake.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.charge.ReasonTexts;
import org.chargebridge.intake.DirectResult;
import org.chargebridge.intake.Intake;
import org.chargebridge.ledger.InboundFile;
import org.springframework.stereotype.Component;

/** Instructions in a request are recorded as a file's are, and answered at once. */
@Component("instructionDoor")
public class InstructionDoor {

    private final Intake intake;

    InstructionDoor(Intake intake) {
        this.intake = intake;
    }

    /** Who asks, once a request is let through. */
    public Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(Caller.ATTRIBUTE);
    }

    /** Records the instructions in one transaction; the same bytes are recorded once. */
    public DirectResult record(Caller caller) {
        caller.receiptFormat();
        return intake.receiveDirectly(caller.instructions().orElseThrow());
    }

    /** Whether none of its lines could be taken, because the body as a whole could not. */
    public boolean isRefused(DirectResult result) {
        return result.file().state() == InboundFile.State.REFUSED;
    }

    /** Why the body as a whole could not be taken. */
    public HttpAnswer refusal(DirectResult result) {
        Reason reason = result.file().reason().orElseThrow();
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("file", result.file().name());
        more.put("code", reason.code().name());
        more.put("remedy", ReasonTexts.remedy(reason, Locale.ENGLISH));
        line(reason, more);
        return HttpAnswer.of(
                new HttpProblem(400, "Refused as a whole", ReasonTexts.text(reason, Locale.ENGLISH), more));
    }

    /** The line it could not be read from, where there is one. */
    private static void line(Reason reason, Map<String, Object> more) {
        if (reason.code() == ReasonCode.FILE_NOT_READABLE && reason.arguments().size() > 1) {
            more.put("line", Long.parseLong(reason.arguments().get(1)));
        }
    }

    /** The receipt as an answer: whether the same bytes came before stands in a header, for the rows are the same. */
    public HttpAnswer receipt(Caller caller, DirectResult result, InputStream rows) {
        Channel.ReportFormat format = caller.receiptFormat();
        return new HttpAnswer(
                200,
                Caller.mediaType(format) + ";charset=UTF-8",
                rows,
                Map.of(
                        "Chargebridge-File",
                        String.valueOf(result.file().id()),
                        "Chargebridge-Duplicate",
                        String.valueOf(result.before())));
    }
}
