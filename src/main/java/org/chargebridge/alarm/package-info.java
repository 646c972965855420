/**
 * What a person must know, told once by mail or webhook when it begins and once when it is over. What holds is derived
 * from the ledger on a schedule, so that neither a restart nor a second node tells anything twice.
 */
package org.chargebridge.alarm;
