package org.chargebridge.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.chargebridge.channel.Channel;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.intake.format.Vocabulary;
import org.chargebridge.ledger.InboundFile;
import org.chargebridge.ledger.LongWork;
import org.springframework.stereotype.Component;

/** Which reader takes a file, and what a file is about: its name says both. */
@Component
class Readers {

    /** A file is read twice: before anything of it is kept it is known that it can be read to its end. */
    enum Pass {
        CHECKED,
        RECORDED
    }

    private final List<InvoiceReader> readers;
    private final LineMeters meters;

    Readers(List<InvoiceReader> readers, LineMeters meters) {
        this.readers = List.copyOf(readers);
        this.meters = meters;
    }

    static InboundFile.Kind kind(String name) {
        if (FileNames.isAgreements(name)) {
            return InboundFile.Kind.AGREEMENTS;
        }
        return FileNames.isCorrected(name) ? InboundFile.Kind.CORRECTIONS : InboundFile.Kind.INVOICES;
    }

    static Vocabulary vocabulary(InboundFile.Kind kind) {
        return switch (kind) {
            case INVOICES, CORRECTIONS -> Vocabulary.INVOICES;
            case AGREEMENTS -> Vocabulary.AGREEMENTS;
        };
    }

    InvoiceReader.Entries open(Path file, String name, InboundFile.Kind kind, Channel channel, Pass pass)
            throws FileRefused, IOException {
        for (InvoiceReader reader : readers) {
            if (reader.reads(name, channel.input())) {
                return new CountedEntries(
                        reader.open(file, channel.input(), vocabulary(kind)),
                        new LongWork(
                                "[" + channel.name() + "] " + LogText.of(name),
                                "lines " + pass.name().toLowerCase(Locale.ROOT)),
                        meters.read(channel.name(), pass));
            }
        }
        throw new IllegalStateException("no reader takes " + name + " on channel " + channel.name());
    }
}
