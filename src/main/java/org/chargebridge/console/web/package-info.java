/** What an operator sees in a browser. For now that is one page which says where everything else is. */
package org.chargebridge.console.web;
