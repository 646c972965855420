/**
 * Charges on their way to the API: blocks joined to dispatches, their pace, and what each answer means. Every answer
 * goes through one sealed outcome and one switch.
 */
package org.chargebridge.submission;
