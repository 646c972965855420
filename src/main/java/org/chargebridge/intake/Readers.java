package org.chargebridge.intake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.chargebridge.channel.Channel;
import org.chargebridge.intake.format.FileRefused;
import org.chargebridge.intake.format.InvoiceReader;
import org.chargebridge.intake.format.Vocabulary;
import org.chargebridge.ledger.InboundFile;
import org.springframework.stereotype.Component;

/** Which reader takes a file, and what a file is about: its name says both. */
@Component
class Readers {

    private final List<InvoiceReader> readers;

    Readers(List<InvoiceReader> readers) {
        this.readers = List.copyOf(readers);
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

    InvoiceReader.Entries open(Path file, String name, InboundFile.Kind kind, Channel channel)
            throws FileRefused, IOException {
        for (InvoiceReader reader : readers) {
            if (reader.reads(name, channel.input())) {
                return reader.open(file, channel.input(), vocabulary(kind));
            }
        }
        throw new IllegalStateException("no reader takes " + name + " on channel " + channel.name());
    }
}
