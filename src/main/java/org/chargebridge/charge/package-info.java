/**
 * The domain's own records: instructions, order ids, amounts in minor units, charge states and their moves.
 * It imports nothing of the other rooms, nor of Camel or Spring.
 */
package org.chargebridge.charge;
