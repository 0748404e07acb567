package dev.guidon.evaluation;

import dev.guidon.definition.Comparison;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.Operator;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A compiled comparison of an attribute: looks it up, converts it, and tests it, a list element by element. */
final class CompiledComparison implements Criterion {

    private final Comparison definition;
    private final Lookup lookup;
    private final @Nullable Object ifMissing;
    private final boolean converts;
    private final ValueTest test;

    CompiledComparison(Comparison definition, Lookup lookup, ValueTest test) {
        this.definition = definition;
        this.lookup = lookup;
        this.ifMissing = definition.ifMissing() == null ? null : ContextValues.of(definition.ifMissing());
        this.converts = definition.as() != null;
        this.test = test;
    }

    @Override
    public Truth test(EvaluationContext context) {
        Object value = lookup.in(context);
        // Most comparisons are of texts as they are.
        return value instanceof String text && !converts ? ValueTest.ask(test, text) : testOther(value);
    }

    private Truth testOther(@Nullable Object found) {
        Object value = found == null ? ifMissing : found;
        if (value == null) {
            return Truth.UNKNOWN;
        }
        return value instanceof List<?> list ? elements(list) : single(value);
    }

    /** What the comparison looks at; null if it is missing. */
    @Nullable
    Object found(EvaluationContext context) {
        Object value = lookup.in(context);
        return value == null ? ifMissing : value;
    }

    private Truth elements(List<?> list) {
        if (!Meter.allows(list, (converts ? 1_000L : 40L) * list.size())) {
            return Truth.UNKNOWN;
        }
        boolean whole = definition.as() == null
                && (definition.operator() == Operator.EQUALS || definition.operator() == Operator.IN);
        Truth result = whole ? test.test(list) : Truth.FALSE;
        for (int i = 0; i < list.size() && result != Truth.TRUE; i++) {
            Object element = list.get(i);
            Truth truth = element == null ? Truth.UNKNOWN : single(element);
            result = truth == Truth.FALSE ? result : truth;
        }
        return result;
    }

    private Truth single(Object value) {
        if (converts && !Meter.allows(this, steps(value))) {
            return Truth.UNKNOWN;
        }
        Object converted = converts ? convert(definition, value) : value;
        return converted == null ? Truth.UNKNOWN : ValueTest.ask(test, converted);
    }

    /** About what a conversion takes: of a fraction, the shortest text is searched for. */
    private static long steps(Object value) {
        if (value instanceof String text) {
            return 10L * Math.min(text.length(), 400);
        }
        return value instanceof Double fraction ? Numbers.steps(fraction) : value instanceof BigInteger ? 5_000 : 0;
    }

    /** The value that is compared; null if it cannot be converted. */
    static @Nullable Object convert(Comparison definition, Object value) {
        Conversion as = definition.as();
        if (as == null) {
            return value;
        }
        return switch (as) {
            case STRING -> value instanceof Instant ? value.toString() : Numbers.text(value);
            case NUMBER -> value instanceof String text ? Numbers.parse(text) : value instanceof Number ? value : null;
            case INSTANT -> Instants.of(value, definition.unit());
            case SEMVER -> {
                if (definition.operator() == Operator.SEMVER_RANGE) {
                    yield value;
                }
                yield value instanceof String text ? Semver.parse(text, definition.lenient()) : null;
            }
        };
    }

    /** {@code exists}, which is never UNKNOWN. */
    record Existence(Lookup lookup, boolean expected) implements Criterion {
        @Override
        public Truth test(EvaluationContext context) {
            Object value = lookup.in(context);
            if (value instanceof List<?> list) {
                return Meter.allows(this, 5L * list.size())
                        ? Truth.of(list.stream().anyMatch(Objects::nonNull) == expected)
                        : Truth.UNKNOWN;
            }
            return Truth.of((value != null) == expected);
        }
    }

    /** {@code hasAny} and {@code hasAll}, which need a list. The operands are converted already, and folded if case is ignored. */
    record Lists(Comparison definition, Lookup lookup, ValueSet operands) implements Criterion {
        @Override
        public Truth test(EvaluationContext context) {
            Object value = lookup.in(context);
            if (value == null && definition.ifMissing() != null) {
                value = ContextValues.of(definition.ifMissing());
            }
            if (!(value instanceof List<?> list)) {
                return Truth.UNKNOWN;
            }
            if (!Meter.allows(
                    this, (definition.as() != null ? 1_000L : definition.ignoreCase() ? 300L : 60L) * list.size())) {
                return Truth.UNKNOWN;
            }
            Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
            boolean unknown = false;
            for (Object element : list) {
                boolean allowed = element != null && Meter.allows(element, elementSteps(element));
                Object converted = allowed ? convert(definition, element) : null;
                Object compared = converted != null && definition.ignoreCase() ? folded(converted) : converted;
                unknown |= compared == null;
                Object operand = compared == null ? null : operands.find(compared);
                if (operand != null) {
                    found.add(operand);
                }
            }
            boolean holds =
                    definition.operator() == Operator.HAS_ALL ? found.size() == operands.size() : !found.isEmpty();
            return holds ? Truth.TRUE : unknown ? Truth.UNKNOWN : Truth.FALSE;
        }

        private long elementSteps(Object element) {
            long converting = definition.as() == null ? 0 : steps(element);
            boolean folding = definition.ignoreCase();
            long finding = folding && element instanceof String text ? 5L * text.length() : operands.steps(element);
            return converting + finding;
        }
    }

    /** A form that two strings share if and only if {@link String#equalsIgnoreCase} holds. */
    static Object folded(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        StringBuilder folded = new StringBuilder(text.length());
        text.codePoints().forEach(c -> folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(c))));
        return folded.toString();
    }
}
