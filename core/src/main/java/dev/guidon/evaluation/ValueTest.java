package dev.guidon.evaluation;

import com.google.re2j.Pattern;
import dev.guidon.definition.InstantUnit;
import dev.guidon.definition.Leniency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares one value, never null and already converted, with the operands that it was made with. */
@FunctionalInterface
interface ValueTest {

    Truth test(Object value);

    /** The same; the usual tests are called in a way that the virtual machine's compiler can see through. */
    static Truth ask(ValueTest test, Object value) {
        if (test instanceof Few few) {
            return few.test(value);
        } else if (test instanceof OneOf oneOf) {
            return oneOf.test(value);
        }
        return test instanceof Texts texts ? texts.test(value) : test.test(value);
    }

    /** Equality with any operand. */
    static ValueTest equality(Collection<Object> operands, boolean ignoreCase) {
        if (!ignoreCase) {
            Few few = null;
            for (Object operand : operands) {
                if (!(operand instanceof String text) || text.length() > Meter.SHORT || operands.size() > Few.MOST) {
                    return new OneOf(ValueSet.of(operands));
                }
                few = new Few(text, few);
            }
            return few == null ? new OneOf(ValueSet.of(operands)) : few;
        }
        List<Object> others = new ArrayList<>();
        Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Object operand : operands) {
            if (operand instanceof String text) {
                folded.add(text);
            } else {
                others.add(operand);
            }
        }
        ValueSet exact = ValueSet.of(others);
        int longest = folded.stream().mapToInt(String::length).max().orElse(0);
        Object what = new Object();
        return value -> {
            boolean isText = value instanceof String;
            // The set compares with some 15 of 20,000.
            long steps = value instanceof String text ? 30L * Math.min(text.length(), longest) : exact.steps(value);
            if (!Meter.allows(what, steps)) {
                return Truth.UNKNOWN;
            }
            return Truth.of(isText ? folded.contains((String) value) : exact.contains(value));
        };
    }

    /** A relation of strings with any operand. */
    static ValueTest strings(List<String> operands, Relation relation, boolean ignoreCase) {
        boolean few = operands.size() <= Texts.MOST
                && operands.stream().allMatch(operand -> operand.length() <= Texts.LONGEST)
                && !(ignoreCase && relation == Relation.CONTAINS);
        if (!few) {
            return new TextSearch(operands, relation, ignoreCase);
        }
        Texts texts = null;
        for (int i = operands.size() - 1; i >= 0; i--) {
            texts = new Texts(operands.get(i), relation, ignoreCase, texts);
        }
        return texts == null ? value -> value instanceof String ? Truth.FALSE : Truth.UNKNOWN : texts;
    }

    static ValueTest patterns(List<Pattern> operands) {
        Pattern[] patterns = operands.toArray(new Pattern[0]);
        return value -> {
            if (!(value instanceof String found) || found.length() > Patterns.MOST_MATCHED) {
                return Truth.UNKNOWN;
            }
            for (Pattern pattern : patterns) {
                if (!Meter.allows(pattern, Patterns.steps(pattern, found.length()))) {
                    return Truth.UNKNOWN;
                }
                if (pattern.matcher(found).find()) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        };
    }

    static ValueTest numbers(Number operand, Order order) {
        return value -> value instanceof Number number
                ? Truth.of(order.accepts(Numbers.compare(number, operand)))
                : Truth.UNKNOWN;
    }

    static ValueTest instants(Instant operand, @Nullable InstantUnit unit, Order order) {
        return value -> {
            Instant instant =
                    Meter.allows(operand, value instanceof String ? 500 : 0) ? Instants.of(value, unit) : null;
            return instant == null ? Truth.UNKNOWN : Truth.of(order.accepts(instant.compareTo(operand)));
        };
    }

    static ValueTest versions(Semver operand, Order order) {
        return value ->
                value instanceof Semver version ? Truth.of(order.accepts(version.compareTo(operand))) : Truth.UNKNOWN;
    }

    static ValueTest ranges(List<Semver.Range> operands, Leniency lenient) {
        return value -> {
            Semver version = value instanceof String text && Meter.allows(operands, 500 + 30L * operands.size())
                    ? Semver.parse(text, lenient)
                    : null;
            return version == null
                    ? Truth.UNKNOWN
                    : Truth.of(operands.stream().anyMatch(range -> range.contains(version)));
        };
    }

    static ValueTest networks(List<Network> operands) {
        return value -> {
            byte[] address = value instanceof String text && Meter.allows(operands, 200 + 10L * operands.size())
                    ? Network.address(text)
                    : null;
            return address == null
                    ? Truth.UNKNOWN
                    : Truth.of(operands.stream().anyMatch(network -> network.contains(address)));
        };
    }

    /** Equality with one of a few texts, one after the other: comparing them all takes less than a hash table. */
    final class Few implements ValueTest {

        static final int MOST = 4;

        private final String operand;
        /** Tells nearly all that differ without a look at all their characters. */
        private final long sketch;

        private final @Nullable Few next;

        private Few(String operand, @Nullable Few next) {
            this.operand = operand;
            this.sketch = sketch(operand);
            this.next = next;
        }

        @Override
        public Truth test(Object value) {
            if (value instanceof String text) {
                long found = sketch(text);
                for (Few few = this; few != null; few = few.next) {
                    if (few.sketch == found && text.equals(few.operand)) {
                        return Truth.TRUE;
                    }
                }
            }
            return Truth.FALSE;
        }

        /** The length, the first character and the last. */
        private static long sketch(String text) {
            int length = text.length();
            return length == 0
                    ? 0
                    : ((long) length << (2 * Character.SIZE))
                            | ((long) text.charAt(0) << Character.SIZE)
                            | text.charAt(length - 1);
        }
    }

    /** Equality with one of many operands. */
    record OneOf(ValueSet operands) implements ValueTest {
        @Override
        public Truth test(Object value) {
            if (value instanceof String text && text.length() <= Meter.SHORT) {
                return Truth.of(operands.contains(text));
            }
            return Meter.allows(this, operands.steps(value)) ? Truth.of(operands.contains(value)) : Truth.UNKNOWN;
        }
    }

    /** A relation of strings with any of a few short operands, one after the other. */
    final class Texts implements ValueTest {

        static final int MOST = 4;
        static final int LONGEST = 64;

        private final String operand;
        private final Relation relation;
        private final boolean ignoreCase;
        private final @Nullable Texts next;

        private Texts(String operand, Relation relation, boolean ignoreCase, @Nullable Texts next) {
            this.operand = operand;
            this.relation = relation;
            this.ignoreCase = ignoreCase;
            this.next = next;
        }

        @Override
        public Truth test(Object value) {
            if (!(value instanceof String found)) {
                return Truth.UNKNOWN;
            }
            if (found.length() > Meter.SHORT
                    && relation == Relation.CONTAINS
                    && !Meter.allows(this, (long) MOST * found.length())) {
                return Truth.UNKNOWN;
            }
            for (Texts text = this; text != null; text = text.next) {
                if (ignoreCase
                        ? relation.holdsIgnoringCase(found, text.operand)
                        : relation.holds(found, text.operand)) {
                    return Truth.TRUE;
                }
            }
            return Truth.FALSE;
        }
    }

    /** Which results of a comparison are accepted. */
    enum Order {
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST;

        boolean accepts(int comparison) {
            return switch (this) {
                case LESS -> comparison < 0;
                case AT_MOST -> comparison <= 0;
                case GREATER -> comparison > 0;
                case AT_LEAST -> comparison >= 0;
            };
        }
    }

    /** A relation of two strings. */
    enum Relation {
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH;

        boolean holds(String found, String operand) {
            if (this == CONTAINS) {
                return found.contains(operand);
            }
            return this == STARTS_WITH ? found.startsWith(operand) : ends(found, operand);
        }

        /** Of STARTS_WITH and ENDS_WITH. */
        boolean holdsIgnoringCase(String found, String operand) {
            int from = this == STARTS_WITH ? 0 : found.length() - operand.length();
            return from >= 0 && found.regionMatches(true, from, operand, 0, operand.length());
        }

        /** The search looks at many characters at once, {@link String#endsWith} on Java 17 at one after the other. */
        private static boolean ends(String found, String operand) {
            int from = found.length() - operand.length();
            return from >= 0 && found.indexOf(operand, from) == from;
        }
    }
}
