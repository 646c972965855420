/**
 * An outbound file reaches the ERP whole or not at all: temporary name, read back, rename (ER11). The one room beside the
 * routes where Camel's SFTP operations are used directly, because each of these steps is committed by itself.
 */
package org.chargebridge.delivery;
