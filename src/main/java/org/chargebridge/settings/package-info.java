/**
 * Checks every setting before anything else starts and tells all that is missing or wrong at once, line by line. Also
 * holds the settings that belong to no other room.
 */
package org.chargebridge.settings;
