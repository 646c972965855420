package org.chargebridge.intake;

import java.util.Optional;
import org.chargebridge.charge.Intent;

/**
 * What a line asks of an agreement as such.
 *
 * @param intent empty where it cannot be told who the line is
 * @param externalId what the ERP calls the agreement
 * @param content everything that makes it another line when it changes
 */
record AgreementWish(Optional<Intent> intent, Optional<String> externalId, String content) {}
