package org.chargebridge.intake.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.ledger.Enquiries;
import org.chargebridge.ledger.Enquiries.ChargeState;
import org.chargebridge.ledger.Enquiries.FiledLine;
import org.chargebridge.ledger.Enquiries.Mapping;
import org.springframework.stereotype.Component;

/** Answers questions from the ledger, never by a call to the API, and only about the caller's own channel. */
@Component("enquiryDoor")
public class EnquiryDoor {

    private static final String OF_THE_RECEIPT = "Ask with the order id that the receipt shows.";

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final int NUMBER_MAX = 64;

    private final Enquiries enquiries;

    EnquiryDoor(Enquiries enquiries) {
        this.enquiries = enquiries;
    }

    /** The lines of an order id or of an invoice number, in the series that the channel's settings give. */
    public HttpAnswer instructions(Caller caller) {
        String asked = caller.lastOfPath();
        List<FiledLine> lines = enquiries.lines(caller.channel().name(), orderIds(asked, caller.channel()));
        if (lines.isEmpty()) {
            throw notFound("No instruction has this order id or invoice number.", OF_THE_RECEIPT);
        }
        return json(new InstructionInfo.Found(lines.stream()
                .map(line -> InstructionInfo.of(line, caller.channel()))
                .toList()));
    }

    /** A charge with all that happened to it. */
    public HttpAnswer charge(Caller caller) {
        ChargeState charge = enquiries
                .charge(caller.channel().name(), caller.lastOfPath())
                .orElseThrow(() -> notFound("No charge has this order id.", OF_THE_RECEIPT));
        List<String> attempts = enquiries.attempts(caller.lastOfPath());
        return json(ChargeInfo.of(charge, attempts, enquiries.history(charge), caller.channel()));
    }

    /** An agreement with the keys that lead to it and its latest charges. */
    public HttpAnswer agreement(Caller caller) {
        Channel channel = caller.channel();
        String id = caller.lastOfPath();
        List<Mapping> mappings = enquiries.mappings(channel.sourceId(), id);
        List<ChargeState> charges = enquiries.chargesOn(channel.name(), channel.msn(), id);
        if (mappings.isEmpty() && charges.isEmpty() && !enquiries.offered(channel.sourceId(), channel.msn(), id)) {
            throw notFound(
                    "Nothing of this channel is known of this agreement.",
                    "Look whether the id is right (agr_...); to have it asked for at the API send a line with the action query.");
        }
        return json(AgreementInfo.of(id, enquiries.agreement(channel.msn(), id), mappings, charges, channel));
    }

    /** What was asked for as it stands, and the order id that a document of that number has. */
    private static List<String> orderIds(String asked, Channel channel) {
        List<String> ids = new ArrayList<>(List.of(asked));
        if (!asked.isBlank() && asked.length() <= NUMBER_MAX) {
            ids.add(OrderNumber.of(channel, asked));
        }
        return ids;
    }

    private static HttpAnswer json(Object value) {
        try {
            return HttpAnswer.json(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static HttpProblemException notFound(String detail, String remedy) {
        return HttpProblem.of(404, "Not found", detail, remedy).exception();
    }
}
