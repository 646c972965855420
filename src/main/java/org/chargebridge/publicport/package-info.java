/**
 * The port that the outside world reaches through a proxy that ends HTTPS. Only paths that a room lists are answered on
 * it, and they are answered nowhere else.
 */
package org.chargebridge.publicport;
