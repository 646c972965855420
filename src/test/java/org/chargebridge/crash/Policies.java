package org.chargebridge.crash;

import java.util.Random;

/**
 * What the channel of a world leaves to people.
 *
 * @param approvesRefunds whether refunds wait until somebody approves them; else they are made up to a ceiling
 * @param offersByLink whether an agreement is drafted when its customer opens our address; else when its line is taken
 */
record Policies(boolean approvesRefunds, boolean offersByLink) {

    static Policies drawn(Random random) {
        return new Policies(random.nextBoolean(), random.nextBoolean());
    }
}
