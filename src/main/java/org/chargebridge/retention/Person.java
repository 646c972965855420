package org.chargebridge.retention;

/**
 * Somebody whose data is to be erased, as known at one ERP company.
 *
 * @param by what the value is
 * @param value as the ERP writes it; of a phone number the digits with the country's
 * @param channel of the company; channels with the same source id are one
 */
public record Person(By by, String value, String channel) {

    /** What a person is known by. */
    public enum By {
        /** And everything under the agreements that are this customer's alone. */
        CUSTOMER_NUMBER,
        /** An agreement was offered to. And everything under that customer's number and agreements. */
        PHONE_NUMBER,
        /** One agreement and its lines, whatever else the customer has. */
        AGREEMENT_ID
    }

    public Person {
        value = value.strip();
    }

    /** Never the value: it would stand in logs. */
    @Override
    public String toString() {
        return "a person known by " + by + " in channel " + channel;
    }
}
