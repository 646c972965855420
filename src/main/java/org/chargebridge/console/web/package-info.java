/**
 * What an operator sees and does in a browser: pages rendered here, in four languages, that work without a script and are
 * quicker with one. What they show and do comes from {@code console} and {@code ledger}; nothing is decided here.
 */
package org.chargebridge.console.web;
