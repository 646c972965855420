/**
 * What an operator sees and does, whichever way: the pages, the REST interface and the command line ask and order here, so
 * that all three show the same and are allowed the same. Every order is one transaction with its audit event.
 */
package org.chargebridge.console;
