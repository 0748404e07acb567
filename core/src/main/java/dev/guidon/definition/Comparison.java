package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares an attribute. A missing attribute is UNKNOWN ({@code exists} aside).
 *
 * @param attribute which attribute
 * @param operator how it is compared
 * @param values what it is compared with: exactly one, or any number where {@link Operator#takesList()}
 * @param as converts both sides first, a failure is UNKNOWN; null to compare them as they are
 * @param unit reads numbers as instants since 1970-01-01T00:00:00Z; null if numbers are no instants
 * @param ignoreCase whether upper and lower case are the same
 * @param lenient which texts are versions besides those of SemVer 2.0.0
 * @param ifMissing stands in for a missing attribute; null for none
 * @param extra unknown fields
 */
public record Comparison(
        Attribute attribute,
        Operator operator,
        List<FlagValue> values,
        @Nullable Conversion as,
        @Nullable InstantUnit unit,
        boolean ignoreCase,
        Leniency lenient,
        @Nullable FlagValue ifMissing,
        Extra extra)
        implements Condition {
    /** Copies the values and checks them against the operator and the options. */
    public Comparison {
        values = List.copyOf(values);
        List<Problem> problems = new ArrayList<>();
        Limit.VALUES.check(operator.toString(), values, problems);
        boolean strict = lenient == Leniency.STRICT;
        boolean versions = as == Conversion.SEMVER || operator == Operator.SEMVER_RANGE;
        if (!operator.converts(as)) {
            problems.add(Problem.at("as", as, operator.conversionsText()));
        }
        option(
                "unit",
                unit,
                unit == null || operator.comparesInstants(as),
                "only with before, after or as: instant",
                problems);
        option("lenient", lenient, strict || versions, "only with semver or as: semver", problems);
        option(
                "ignoreCase",
                ignoreCase,
                !ignoreCase || operator.ignoresCase(),
                "only with equals, in, contains, startsWith, endsWith, hasAny, hasAll",
                problems);
        option("ifMissing", ifMissing, !(ifMissing instanceof FlagValue.Null), "a value", problems);
        if (!operator.takesList() && values.size() != 1) {
            problems.add(new Problem(operator.toString(), values.size() + " values", "one value"));
        }
        for (int i = 0; i < values.size(); i++) {
            String allowed = operator.refusal(values.get(i), as, unit != null);
            if (allowed != null) {
                String at = operator.takesList() ? operator + "[" + i + "]" : operator.toString();
                problems.add(Problem.at(at, values.get(i), allowed));
            }
        }
        Problem.refuse(problems);
    }

    private static void option(
            String name, @Nullable Object found, boolean allowed, String text, List<Problem> problems) {
        if (!allowed) {
            problems.add(Problem.at(name, found, text));
        }
    }

    /**
     * A comparison without options.
     *
     * @param attribute which attribute
     * @param operator how it is compared
     * @param values what it is compared with
     */
    public Comparison(Attribute attribute, Operator operator, List<FlagValue> values) {
        this(attribute, operator, values, null, null, false, Leniency.STRICT, null, Extra.NONE);
    }

    /**
     * The same comparison after a conversion.
     *
     * @param conversion what both sides are converted to
     * @return a new condition
     */
    public Comparison as(Conversion conversion) {
        return new Comparison(attribute, operator, values, conversion, unit, ignoreCase, lenient, ifMissing, extra);
    }

    /**
     * The same comparison, with numbers as instants.
     *
     * @param numbers what a number means
     * @return a new condition
     */
    public Comparison unit(InstantUnit numbers) {
        return new Comparison(attribute, operator, values, as, numbers, ignoreCase, lenient, ifMissing, extra);
    }

    /** {@return the same comparison for which upper and lower case are the same} */
    public Comparison ignoringCase() {
        return new Comparison(attribute, operator, values, as, unit, true, lenient, ifMissing, extra);
    }

    /**
     * The same comparison of versions that are written otherwise.
     *
     * @param texts which texts are versions besides those of SemVer 2.0.0
     * @return a new condition
     */
    public Comparison lenient(Leniency texts) {
        return new Comparison(attribute, operator, values, as, unit, ignoreCase, texts, ifMissing, extra);
    }

    /**
     * The same comparison with a value in place of a missing attribute.
     *
     * @param value the value
     * @return a new condition
     */
    public Comparison ifMissing(FlagValue value) {
        return new Comparison(attribute, operator, values, as, unit, ignoreCase, lenient, value, extra);
    }
}
