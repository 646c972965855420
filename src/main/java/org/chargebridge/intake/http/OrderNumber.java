package org.chargebridge.intake.http;

import org.chargebridge.channel.Channel;
import org.chargebridge.charge.DocumentIdentity;
import org.chargebridge.charge.OrderId;

/** The order id that a document number has in a channel, in the series and company that its settings give. */
final class OrderNumber {

    private OrderNumber() {}

    static String of(Channel channel, String number) {
        return OrderId.of(new DocumentIdentity(
                        channel.sourceId(),
                        channel.defaults().legalEntity(),
                        channel.defaults().documentSeries(),
                        number,
                        1))
                .value();
    }
}
