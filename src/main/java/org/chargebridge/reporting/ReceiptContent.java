package org.chargebridge.reporting;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.chargebridge.channel.Channel;
import org.chargebridge.charge.Reason;
import org.chargebridge.ledger.ReceiptRequest;
import org.chargebridge.ledger.ReceiptRequests;
import org.chargebridge.reporting.format.Field;
import org.chargebridge.reporting.format.RowWriter;
import org.springframework.stereotype.Component;

/** What stands in a receipt: a row for each line, then what the answers add up to. */
@Component
class ReceiptContent {

    private final ReceiptRequests requests;

    ReceiptContent(ReceiptRequests requests) {
        this.requests = requests;
    }

    /** Writes it, in the caller's transaction; {@code totals} counts what is written. */
    void write(
            ReceiptRequest request, Channel channel, Channel.ReportFormat format, AnswerTotals totals, OutputStream out)
            throws IOException {
        RowWriter rows = RowWriter.of(format, ReceiptRows.COLUMNS, out);
        ReceiptRequest.File file = request.file();
        Optional<Reason> fileReason = file.state().equals("RECORDED") ? Optional.empty() : file.reason();
        if (fileReason.isPresent()) {
            rows.write(ReceiptRows.file(file, fileReason.get(), channel.language()));
        }
        requests.forEachLine(request, line -> {
            write(rows, ReceiptRows.line(file.name(), line, channel.language()));
            totals.add(line.currency(), line.answer(), line.amountMinor().orElse(0));
        });
        for (List<Field> row : totals.rows()) {
            rows.write(row);
        }
        rows.flush();
    }

    private static void write(RowWriter rows, List<Field> row) {
        try {
            rows.write(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
