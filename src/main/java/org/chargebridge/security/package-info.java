/**
 * Who may do what over HTTP: health and metrics are open on the management port, everything that shows or decides
 * business needs the operator's password. The web port shows one page, the public port what rooms list for it, and both
 * refuse the rest.
 */
package org.chargebridge.security;
