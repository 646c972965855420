/**
 * Camel's own tools, in the Maven profile {@code console} only, and cut down to looking at routes and to starting and
 * stopping them on this node. What is done with them is neither recorded nor followed by other nodes.
 */
package org.chargebridge.camelconsole;
