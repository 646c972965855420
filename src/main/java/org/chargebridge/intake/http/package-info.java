/**
 * The front door over HTTP: the instructions of a file in a request, answered with the receipt, and questions about
 * what became of them. Whoever calls acts for one channel; nothing of another is ever seen.
 */
package org.chargebridge.intake.http;
