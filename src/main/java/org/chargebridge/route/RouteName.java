package org.chargebridge.route;

import java.util.Optional;

/**
 * A route's id in its parts: {@code fetch-invoices.demo} is the template {@code fetch-invoices} for the channel {@code
 * demo}; a second schedule of the same channel ends in {@code .2}. {@code track-charges@123456} is the template {@code
 * track-charges} for the sales unit 123456.
 *
 * @param route the id of the file and of the page in {@code docs/operating}
 * @param channel of a route made from a template for channels
 * @param salesUnit of a route made from a template for sales units
 */
record RouteName(String route, Optional<String> channel, Optional<String> salesUnit) {

    private static final char SALES_UNIT_MARK = '@';

    static RouteName of(String routeId) {
        int unit = routeId.indexOf(SALES_UNIT_MARK);
        if (unit > 0) {
            return new RouteName(
                    routeId.substring(0, unit), Optional.empty(), Optional.of(routeId.substring(unit + 1)));
        }
        String[] parts = routeId.split("\\.");
        return new RouteName(parts[0], parts.length < 2 ? Optional.empty() : Optional.of(parts[1]), Optional.empty());
    }

    static String ofSalesUnit(String route, String msn) {
        return route + SALES_UNIT_MARK + msn;
    }
}
