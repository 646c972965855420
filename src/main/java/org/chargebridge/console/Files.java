package org.chargebridge.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.Answer;
import org.chargebridge.ledger.AuditTrail;
import org.chargebridge.ledger.FileEnquiries;
import org.chargebridge.ledger.FoundLine;
import org.chargebridge.ledger.InboundFiles;
import org.chargebridge.ledger.SentFiles;
import org.chargebridge.security.Actor;
import org.springframework.stereotype.Service;

/** The files that came and those that went back for them, to be seen and downloaded. */
@Service
public class Files {

    /**
     * A file, with how it was answered and what came and went of it.
     *
     * @param sent receipts, errors files and other answers to it, the first one first
     */
    public record Details(
            FileEnquiries.FileRow file,
            List<FileEnquiries.Answered> answers,
            List<FileEnquiries.DueDay> dueDays,
            List<FileEnquiries.Arrival> arrivals,
            List<SentFiles.Sent> sent) {}

    /** A file's bytes under its name. */
    public record Download(String name, Content content) {}

    /** Writes bytes. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private final FileEnquiries enquiries;
    private final InboundFiles files;
    private final AuditTrail audit;

    Files(FileEnquiries enquiries, InboundFiles files, AuditTrail audit) {
        this.enquiries = enquiries;
        this.files = files;
        this.audit = audit;
    }

    /** At most {@code limit} files, newest first, and the id where the list goes on. */
    public Listed<FileEnquiries.FileRow, Long> list(FileEnquiries.Filter filter, int limit) {
        return Listed.of(enquiries.list(filter, limit + 1), limit, FileEnquiries.FileRow::id);
    }

    public Optional<Details> details(long id) {
        return enquiries
                .byId(id)
                .map(file -> new Details(
                        file,
                        enquiries.answers(id),
                        enquiries.dueDays(id),
                        enquiries.arrivals(id),
                        enquiries.answersSent(file)));
    }

    /** At most {@code limit} lines after a position, in the file's order, and the position where the list goes on. */
    public Listed<FoundLine, Integer> lines(long fileId, Optional<Answer> answer, int after, int limit) {
        return Listed.of(enquiries.lines(fileId, answer, after, limit + 1), limit, FoundLine::position);
    }

    /** The bytes of a file as they came, where they are kept still; that somebody took them is kept, too. */
    public Optional<Download> original(Actor actor, long id) {
        return enquiries.byId(id).filter(FileEnquiries.FileRow::kept).map(file -> {
            audit.record(actor.name(), "download", "file " + id, "", "The bytes of " + file.name() + ", as they came.");
            return new Download(file.name(), out -> files.copyBytes(id, out));
        });
    }

    /** The same of a file that went back. */
    public Optional<Download> outbound(Actor actor, long id) {
        return enquiries.outbound(id).filter(FileEnquiries.Outbound::kept).map(file -> {
            audit.record(
                    actor.name(), "download", "outbound file " + id, "", "The bytes of " + file.name() + ", as sent.");
            return new Download(file.name(), out -> {
                try (InputStream bytes = enquiries.outboundBytes(id)) {
                    bytes.transferTo(out);
                }
            });
        });
    }
}
