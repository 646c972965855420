/**
 * The API tells of changes by webhooks: received, believed only when signed, written down and answered, and then taken as
 * a signal to look. Also keeps the registrations by which the API knows where to deliver.
 */
package org.chargebridge.webhook;
