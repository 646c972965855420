/**
 * What the rooms that talk to SFTP servers need besides Camel's operations. It knows no other room, and nothing of files
 * but their paths.
 */
package org.chargebridge.sftp;
