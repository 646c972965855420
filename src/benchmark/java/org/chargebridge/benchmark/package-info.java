/**
 * Measures the gateway as it runs in production, and two rivals on the same ground. A program of its own: nothing of it
 * is in the product, and no test waits for it.
 */
package org.chargebridge.benchmark;
