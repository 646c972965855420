/**
 * The command line: each verb is one request to the operator's REST interface of a running gateway, with the user's own
 * login, so that nothing can be done here that the pages would not allow. It knows nothing of the ledger.
 */
package org.chargebridge.console.cli;
