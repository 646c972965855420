package org.chargebridge.intake.http;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** Makes the variable {@code answer} the answer of the exchange; nothing of the request goes back. */
@Component("answerWriter")
class AnswerWriter implements Processor {

    @Override
    public void process(Exchange exchange) {
        HttpAnswer answer = exchange.getVariable("answer", HttpAnswer.class);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        answer.headers().forEach(message::setHeader);
        message.setBody(answer.body());
    }
}
