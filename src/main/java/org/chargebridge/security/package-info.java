/**
 * Who may do what. Every port denies what is not allowed here: the management port shows two probes to anybody and the
 * rest to those who log in, the operator's pages and REST interface need a login with a role, ERPs have users of their
 * own, and the public port shows what rooms list for it.
 */
package org.chargebridge.security;
