package org.chargebridge.draft;

/**
 * What a customer's browser gets.
 *
 * @param location where it goes on, empty for a page
 * @param body a page, empty for none
 */
public record OfferAnswer(int status, String location, String body) {}
