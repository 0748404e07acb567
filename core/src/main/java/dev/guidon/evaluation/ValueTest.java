package dev.guidon.evaluation;

import com.google.re2j.Pattern;
import dev.guidon.definition.Condition.InstantUnit;
import dev.guidon.definition.Leniency;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
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
            Set<Object> set = new HashSet<>(operands);
            boolean few = set.size() <= Few.MOST && set.stream().allMatch(String.class::isInstance);
            return few ? new Few(set.toArray(new String[0])) : new OneOf(Table.of(set));
        }
        Set<Object> exact = new HashSet<>();
        Set<String> folded = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (Object operand : operands) {
            if (operand instanceof String text) {
                folded.add(text);
            } else {
                exact.add(operand);
            }
        }
        return value -> Truth.of(value instanceof String text ? folded.contains(text) : exact.contains(value));
    }

    /** A relation of strings with any operand. */
    static ValueTest strings(List<String> operands, Relation relation) {
        return new Texts(operands.toArray(new String[0]), relation);
    }

    static ValueTest patterns(List<Pattern> operands) {
        Pattern[] patterns = operands.toArray(new Pattern[0]);
        return value -> {
            if (!(value instanceof String found) || found.length() > Patterns.MOST_MATCHED) {
                return Truth.UNKNOWN;
            }
            for (Pattern pattern : patterns) {
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
            Instant instant = Instants.of(value, unit);
            return instant == null ? Truth.UNKNOWN : Truth.of(order.accepts(instant.compareTo(operand)));
        };
    }

    static ValueTest versions(Semver operand, Order order) {
        return value ->
                value instanceof Semver version ? Truth.of(order.accepts(version.compareTo(operand))) : Truth.UNKNOWN;
    }

    static ValueTest ranges(List<Semver.Range> operands, Leniency lenient) {
        return value -> {
            Semver version = value instanceof String text ? Semver.parse(text, lenient) : null;
            return version == null
                    ? Truth.UNKNOWN
                    : Truth.of(operands.stream().anyMatch(range -> range.contains(version)));
        };
    }

    static ValueTest networks(List<Network> operands) {
        return value -> {
            byte[] address = value instanceof String text ? Network.address(text) : null;
            return address == null
                    ? Truth.UNKNOWN
                    : Truth.of(operands.stream().anyMatch(network -> network.contains(address)));
        };
    }

    /** Equality with one of a few texts: comparing them all takes less than a hash table. */
    final class Few implements ValueTest {

        static final int MOST = 4;

        private final String[] operands;

        Few(String[] operands) {
            this.operands = operands;
        }

        @Override
        public Truth test(Object value) {
            if (value instanceof String text) {
                for (String operand : operands) {
                    if (text.equals(operand)) {
                        return Truth.TRUE;
                    }
                }
            }
            return Truth.FALSE;
        }
    }

    /** Equality with one of many operands. */
    record OneOf(Table<Object> operands) implements ValueTest {
        @Override
        public Truth test(Object value) {
            return Truth.of(value instanceof String text ? operands.contains(text) : operands.contains(value));
        }
    }

    /** A relation of strings with any operand. */
    final class Texts implements ValueTest {

        private final String[] operands;
        private final Relation relation;

        Texts(String[] operands, Relation relation) {
            this.operands = operands;
            this.relation = relation;
        }

        @Override
        public Truth test(Object value) {
            if (!(value instanceof String found)) {
                return Truth.UNKNOWN;
            }
            for (String operand : operands) {
                if (relation.holds(found, operand)) {
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
    @FunctionalInterface
    interface Relation {

        boolean holds(String found, String operand);

        static Relation contains(boolean ignoreCase) {
            return ignoreCase ? Relation::containsIgnoringCase : String::contains;
        }

        static Relation startsWith(boolean ignoreCase) {
            return ignoreCase
                    ? (found, operand) -> found.regionMatches(true, 0, operand, 0, operand.length())
                    : String::startsWith;
        }

        static Relation endsWith(boolean ignoreCase) {
            return ignoreCase
                    ? (found, operand) ->
                            found.regionMatches(true, found.length() - operand.length(), operand, 0, operand.length())
                    : String::endsWith;
        }

        private static boolean containsIgnoringCase(String found, String operand) {
            for (int i = 0; i <= found.length() - operand.length(); i++) {
                if (found.regionMatches(true, i, operand, 0, operand.length())) {
                    return true;
                }
            }
            return false;
        }
    }
}
