/**
 * What acts on a charge or an agreement that is there already: looked at, decided, called, and looked at again until it
 * shows. Bytes and key of a call are committed before its first byte leaves, and no call is made without a look before it.
 */
package org.chargebridge.operation;
