package org.chargebridge.channel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chargebridge.channel.SalesUnit.AccountingKeys;
import org.chargebridge.charge.Currency;

/** Turns {@code chargebridge.sales-units.<name>} into a checked sales unit. */
final class SalesUnitReader {

    private static final Pattern MSN = Pattern.compile("[0-9]{4,7}");
    private static final String KEYS_AT = "Find it at portal.vippsmobilepay.com under For developers, API keys.";
    private static final String ACCOUNTING_KEYS_AT =
            "Set both accounting keys, as the merchant's accounting partner gets them, or neither.";

    private SalesUnitReader() {}

    static Optional<SalesUnit> read(String name, RawSalesUnit raw, List<SettingProblem> problems) {
        Fields fields = new Fields("chargebridge.sales-units." + name, problems);
        String given = Fields.given(raw.msn()).orElse(MSN.matcher(name).matches() ? name : "");
        String msn = fields.matching(
                "msn", given, MSN, "must be 4 to 7 digits", "Set the sales unit's Merchant-Serial-Number, in quotes.");
        String code = fields.required("currency", raw.currency(), "Set NOK, DKK or EUR, as the sales unit has it.");
        Optional<Currency> currency = Currency.ofCode(code);
        if (currency.isEmpty() && !code.isEmpty()) {
            fields.wrong("currency", code, "is not charged in by the API", "Set NOK, DKK or EUR.");
        }
        String clientId = key(fields, "client-id", raw.clientId(), KEYS_AT);
        String clientSecret = key(fields, "client-secret", raw.clientSecret(), KEYS_AT);
        String subscriptionKey = key(fields, "subscription-key", raw.subscriptionKey(), KEYS_AT);
        Optional<AccountingKeys> accounting = accountingKeys(fields, raw);
        return fields.failed()
                ? Optional.empty()
                : Optional.of(new SalesUnit(
                        msn, currency.orElseThrow(), clientId, clientSecret, subscriptionKey, accounting));
    }

    private static Optional<AccountingKeys> accountingKeys(Fields fields, RawSalesUnit raw) {
        if (Fields.given(raw.accountingClientId()).isEmpty()
                && Fields.given(raw.accountingClientSecret()).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AccountingKeys(
                key(fields, "accounting-client-id", raw.accountingClientId(), ACCOUNTING_KEYS_AT),
                key(fields, "accounting-client-secret", raw.accountingClientSecret(), ACCOUNTING_KEYS_AT)));
    }

    private static String key(Fields fields, String key, String value, String where) {
        String text = fields.required(key, value, where);
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            fields.wrong(key, text, "must be printable ASCII without blanks", where);
        }
        return text;
    }
}
