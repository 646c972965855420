package org.chargebridge.intake.format;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.chargebridge.channel.Channel;

/** Reads one file format; a new format is a new component of this kind and touches no other room. */
public interface InvoiceReader {

    /** Whether it reads a file of this name on a channel with this input. */
    boolean reads(String fileName, Channel.Input input);

    /**
     * Finds the file's layout and stands before its first record.
     *
     * @throws FileRefused if the file cannot be read as a whole
     */
    Entries open(Path file, Channel.Input input, Vocabulary vocabulary) throws FileRefused, IOException;

    /** A file that is being read, one entry at a time, so that memory does not grow with its size. */
    interface Entries extends Closeable {

        Layout layout();

        /**
         * The next entry; empty at the end.
         *
         * @throws FileRefused if nothing more can be made of the file
         */
        Optional<Entry> next() throws FileRefused, IOException;
    }
}
