package org.chargebridge.agreement;

import java.time.LocalDate;

/**
 * What a line says about who pays, where it names no agreement itself.
 *
 * @param customerNumber empty where not given
 * @param kid empty where not given; blanks do not count
 * @param on the due date
 */
public record Question(String customerNumber, String kid, LocalDate on) {

    public Question {
        kid = kid.replaceAll("[\\s\\u00A0]", "");
    }
}
