/**
 * Kills the packaged gateway anywhere and lets the independent checker decide: PostgreSQL, SFTP server and API simulator
 * belong to the driver and go on, the gateway is a process that dies and is started again.
 */
package org.chargebridge.crash;
