/**
 * What an operator sees and decides over HTTP on the management port. Every decision is one transaction: the effect, the
 * closed letter and the audit event, or nothing.
 */
package org.chargebridge.console.rest;
