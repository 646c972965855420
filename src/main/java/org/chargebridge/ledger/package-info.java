/**
 * The durable record, and the only room that knows SQL: one public class per aggregate, plain SQL through Spring's
 * JdbcClient, COPY for bulk. Nothing here calls the network.
 */
package org.chargebridge.ledger;
