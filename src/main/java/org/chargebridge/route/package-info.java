/**
 * Turns the files in {@code routes/} and the configured channels into running routes, and refuses to start where they do
 * not fit together. Also keeps what a route could not handle, and tells which routes run.
 */
package org.chargebridge.route;
