/**
 * An outbound file reaches the ERP whole or not at all: temporary name, read back, rename (ER11). Camel's SFTP operations
 * are used directly here, because each of these steps is committed by itself.
 */
package org.chargebridge.delivery;
