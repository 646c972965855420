/**
 * The independent checker: decides from the files dropped, the API simulator's log, the files that came back and the
 * gateway's log whether both promises were kept. It imports nothing of the product, so that no mistake is shared.
 */
package org.chargebridge.oracle;
