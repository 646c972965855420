/**
 * The ERP's SFTP server for the demo and for tests: one user, one folder as its root, loopback only. Its host key is
 * made once and kept, so that a client can pin it.
 */
package org.chargebridge.simulator.sftp;
