package org.chargebridge.retention;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.chargebridge.charge.OrderOutcome;

/** What came of the wish to erase a person. No text of it names the person, but for ids of agreements. */
public sealed interface Erasure {

    /** A sentence for who asked. */
    String message();

    /**
     * All that is not bookkeeping is erased.
     *
     * @param number of the erasure, under which the audit trail has it
     * @param lines of files about the person
     * @param agreements that are known by their id alone now
     * @param requests whose bytes are deleted
     * @param files whose bytes stay, because the law asks for them
     * @param filesUntil when retention deletes the last of these; empty where there are none or they are kept for ever
     */
    record Erased(long number, long lines, long agreements, long requests, long files, Optional<LocalDate> filesUntil)
            implements Erasure {

        @Override
        public String message() {
            String stays = files == 0
                    ? " No file holds the person any more."
                    : " The original bytes of " + files
                            + " files, and of what was made of them, stay as bookkeeping material"
                            + filesUntil
                                    .map(day -> " until " + day + ", when retention deletes them.")
                                    .orElse(", for chargebridge.retention.file-bytes is off.");
            return "Erasure " + number + ": " + lines + " lines, " + agreements + " agreements and " + requests
                    + " requests hold no text about the person any more. Document numbers, customer numbers, amounts, dates and"
                    + " states stay: they are bookkeeping." + stays;
        }
    }

    /** What would be erased; nothing was. */
    record Preview(long lines, List<String> agreements) implements Erasure {

        @Override
        public String message() {
            return lines + " lines and " + agreements.size() + " agreements are about the person.";
        }
    }

    /** Nothing is known of such a person there. */
    record Unknown() implements Erasure {

        @Override
        public String message() {
            return "Nothing is known of such a person in this channel. Check the spelling, and try a customer number, the phone"
                    + " number an agreement was offered to, or the agreement's id.";
        }
    }

    /** Nothing was erased. */
    record Refused(OrderOutcome why) implements Erasure {

        @Override
        public String message() {
            return why.english();
        }
    }
}
