/**
 * Agreements offered to customers: an address of ours that a customer opens when it suits, or the API's own, passed on by
 * the ERP within a minute. However often a button is pressed or an answer is lost, a customer is offered one agreement.
 */
package org.chargebridge.draft;
