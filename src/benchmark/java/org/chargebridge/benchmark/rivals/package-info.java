/**
 * What a developer would write in an afternoon instead: a Spring Batch job and a Camel route, each with the settings its
 * own handbook recommends. They send every line as a charge, write a receipt, and promise nothing else.
 */
package org.chargebridge.benchmark.rivals;
