/**
 * A stand-in for what cannot be had on a laptop: the Recurring API with its own clock, the ERP's SFTP server and a
 * PostgreSQL. It imports nothing of the product and nothing of the product imports it, so that two readings of the same
 * contract check each other.
 */
package org.chargebridge.simulator;
