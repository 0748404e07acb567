package dev.guidon.definition;

import java.math.BigDecimal;

/**
 * A percentage with three decimals, exact.
 *
 * @param thousandths thousandths of a percent, 0 to 100,000
 */
public record Percent(int thousandths) {

    /** Nobody. */
    public static final Percent ZERO = new Percent(0);
    /** Everybody. */
    public static final Percent HUNDRED = new Percent(100_000);

    /** Checks the range. */
    public Percent {
        if (thousandths < 0 || thousandths > 100_000) {
            throw refused(BigDecimal.valueOf(thousandths, 3));
        }
    }

    /**
     * A percentage from its decimal form.
     *
     * @param percent 0 to 100, at most three decimals
     * @return the percentage
     * @throws IllegalArgumentException if it is out of range or has more decimals
     */
    public static Percent of(BigDecimal percent) {
        if (percent.signum() < 0
                || percent.compareTo(BigDecimal.valueOf(100)) > 0
                || (percent.signum() != 0 && percent.stripTrailingZeros().scale() > 3)) {
            throw refused(percent);
        }
        return new Percent(percent.signum() == 0 ? 0 : percent.movePointRight(3).intValueExact());
    }

    /**
     * A whole percentage.
     *
     * @param percent 0 to 100
     * @return the percentage
     * @throws IllegalArgumentException if it is out of range
     */
    public static Percent of(int percent) {
        return of(BigDecimal.valueOf(percent));
    }

    /**
     * A percentage.
     *
     * @param percent 0 to 100, at most three decimals in its shortest decimal form
     * @return the percentage
     * @throws IllegalArgumentException if it is out of range, has more decimals, or is no number
     */
    public static Percent of(double percent) {
        if (!Double.isFinite(percent)) {
            throw refused(percent);
        }
        return of(BigDecimal.valueOf(percent));
    }

    /** {@return the percentage in its shortest decimal form, 0 to 100} */
    public BigDecimal value() {
        BigDecimal shortest = BigDecimal.valueOf(thousandths, 3).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** {@return for example {@code 12.5 %}} */
    @Override
    public String toString() {
        return value() + " %";
    }

    private static IllegalArgumentException refused(Number found) {
        return new IllegalArgumentException(
                Problem.at("", found, "a percentage from 0 to 100 with at most three decimals")
                        .toString());
    }
}
