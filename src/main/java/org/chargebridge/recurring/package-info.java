/**
 * The Recurring API as seen from here, and the only room that knows its JSON: requests, answers, problems, tokens and
 * how a call goes over the wire. It decides nothing about charges; the rooms that call it do.
 */
package org.chargebridge.recurring;
