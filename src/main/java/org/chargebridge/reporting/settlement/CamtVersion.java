package org.chargebridge.reporting.settlement;

import java.io.IOException;
import org.chargebridge.reporting.format.XmlOut;

/** Where the two versions in use differ. */
enum CamtVersion {
    V02,
    V08;

    /** @param number 2 or 8 */
    static CamtVersion of(int number) {
        return switch (number) {
            case 2 -> V02;
            case 8 -> V08;
            default -> throw new IllegalArgumentException("not a version of camt: " + number);
        };
    }

    String namespace(String message) {
        return "urn:iso:std:iso:20022:tech:xsd:" + message + (this == V02 ? ".001.02" : ".001.08");
    }

    void booked(XmlOut xml) throws IOException {
        if (this == V02) {
            xml.text("Sts", "BOOK");
        } else {
            xml.open("Sts").text("Cd", "BOOK").close();
        }
    }

    /** A party of a transaction, of whom the customer number is known. */
    void customer(XmlOut xml, String role, String number) throws IOException {
        xml.open("RltdPties", role);
        if (this == V08) {
            xml.open("Pty");
        }
        xml.open("Id", "PrvtId", "Othr")
                .text("Id", number)
                .open("SchmeNm")
                .text("Cd", "CUST")
                .close(4);
        if (this == V08) {
            xml.close();
        }
        xml.close(2);
    }
}
