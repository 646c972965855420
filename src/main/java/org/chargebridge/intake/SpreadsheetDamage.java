package org.chargebridge.intake;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chargebridge.charge.Reason;
import org.chargebridge.charge.ReasonCode;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.IntakeLines;
import org.springframework.stereotype.Component;

/**
 * Finds the invoice numbers that a spreadsheet took the leading zeros of while somebody corrected an errors file. Each
 * would be another document than the one that was given back, and charged beside it once the ERP sends that one again.
 */
@Component
class SpreadsheetDamage {

    /** What our name for an errors file says of the file whose lines it gives back. */
    private static final Pattern ORIGIN = Pattern.compile(".*-([0-9a-f]{8})(?![0-9a-f]).*");

    private static final Pattern WITHOUT_ZEROS = Pattern.compile("[1-9][0-9]*");

    private final IntakeLines lines;

    SpreadsheetDamage(IntakeLines lines) {
        this.lines = lines;
    }

    /**
     * The same requests, where those whose number lost its zeros are refused with the number that was given back.
     *
     * @param heading what the file calls the number
     */
    List<Request> refused(InboundFile file, List<Request> requests, String heading) {
        Matcher origin = ORIGIN.matcher(file.name());
        if (file.kind() != InboundFile.Kind.CORRECTIONS || !origin.matches()) {
            return requests;
        }
        List<String> numbers = requests.stream()
                .map(Request::invoiceNumber)
                .filter(number -> WITHOUT_ZEROS.matcher(number).matches())
                .toList();
        if (numbers.isEmpty()) {
            return requests;
        }
        Map<String, String> given = lines.numbersWithZeros(file.channel(), origin.group(1), numbers);
        return requests.stream()
                .map(request -> Optional.ofNullable(given.get(request.invoiceNumber()))
                        .map(number -> request.refused(Reason.of(
                                ReasonCode.NUMBER_DAMAGED, heading, request.invoiceNumber() + " (" + number + ")")))
                        .orElse(request))
                .toList();
    }
}
