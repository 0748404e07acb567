package dev.guidon.examples.quickstart;

import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;

/**
 * What the flag {@code prices} serves.
 *
 * @param currency the currency's code
 * @param rate what a dollar is in it
 * @param tax a remark
 */
record Prices(String currency, BigDecimal rate, String tax) {

    private static final Prices DOLLAR = new Prices("USD", BigDecimal.ONE, "plus tax");

    /** Reads the flag's value. A field that is not there, or not as it should be, is that of the dollar. */
    static Prices of(FlagValue value) {
        if (!(value instanceof FlagValue.Obj object)) {
            return DOLLAR;
        }
        return new Prices(
                object.fields().get("currency") instanceof FlagValue.Text code ? code.value() : DOLLAR.currency,
                object.fields().get("rate") instanceof FlagValue.Number number ? number.value() : DOLLAR.rate,
                object.fields().get("tax") instanceof FlagValue.Text text ? text.value() : DOLLAR.tax);
    }

    String format(int dollars, String region) {
        NumberFormat format = NumberFormat.getCurrencyInstance(
                new Locale.Builder().setLanguage("en").setRegion(region).build());
        format.setCurrency(Currency.getInstance(currency));
        format.setMaximumFractionDigits(0);
        return format.format(rate.multiply(BigDecimal.valueOf(dollars)));
    }
}
