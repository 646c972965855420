/**
 * One ERP's file channel: directories, format, sales unit, time zone, schedules and policies, read from configuration
 * and checked at start. Other rooms see {@link org.chargebridge.channel.Channel} and
 * {@link org.chargebridge.channel.Channels} only.
 */
package org.chargebridge.channel;
