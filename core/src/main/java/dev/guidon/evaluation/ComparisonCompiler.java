package dev.guidon.evaluation;

import dev.guidon.definition.Comparison;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import dev.guidon.evaluation.ValueTest.Order;
import dev.guidon.evaluation.ValueTest.Relation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compiles one comparison: parses its operands, and tells what is wrong with them. */
final class ComparisonCompiler {

    private final Comparison definition;
    private final String path;
    private final Patterns patterns;
    private final List<Problem> problems;

    ComparisonCompiler(Comparison definition, String path, Patterns patterns, List<Problem> problems) {
        this.definition = definition;
        this.path = path;
        this.patterns = patterns;
        this.problems = problems;
    }

    /** Something that never holds takes the place of a comparison with problems. */
    Criterion compile(Clock clock) {
        Lookup lookup = Lookup.of(definition.attribute(), clock);
        Criterion compiled = switch (definition.operator()) {
            case EXISTS ->
                new CompiledComparison.Existence(
                        definition.ifMissing() == null ? lookup : Lookup.always(true),
                        definition.values().get(0).equals(FlagValue.TRUE));
            case HAS_ANY, HAS_ALL -> new CompiledComparison.Lists(definition, lookup, operandSet());
            default -> {
                ValueTest test = test();
                yield test == null ? null : new CompiledComparison(definition, lookup, test);
            }
        };
        return compiled == null ? context -> Truth.UNKNOWN : compiled;
    }

    private @Nullable ValueTest test() {
        boolean fold = definition.ignoreCase();
        return switch (definition.operator()) {
            case EQUALS, IN -> ValueTest.equality(operands(this::converted, "a value that converts"), fold);
            case CONTAINS -> ValueTest.strings(texts(), Relation.CONTAINS, fold);
            case STARTS_WITH -> ValueTest.strings(texts(), Relation.STARTS_WITH, fold);
            case ENDS_WITH -> ValueTest.strings(texts(), Relation.ENDS_WITH, fold);
            case MATCHES -> ValueTest.patterns(operands(value -> patterns.compile(text(value)), Patterns.ALLOWED));
            case LESS_THAN -> ordered(Order.LESS);
            case AT_MOST -> ordered(Order.AT_MOST);
            case GREATER_THAN -> ordered(Order.GREATER);
            case AT_LEAST -> ordered(Order.AT_LEAST);
            case BEFORE -> instants(Order.LESS);
            case AFTER -> instants(Order.GREATER);
            case SEMVER_RANGE ->
                ValueTest.ranges(
                        operands(
                                value -> Semver.Range.parse(text(value), definition.lenient()),
                                "=, <, <=, >, >=, ~ or ^ and a version by SemVer 2.0.0"),
                        definition.lenient());
            case CIDR ->
                ValueTest.networks(operands(
                        value -> Network.parse(text(value)), "an IPv4 or IPv6 address with an optional /prefix"));
            case EXISTS, HAS_ANY, HAS_ALL ->
                throw new IllegalStateException(definition.operator().toString());
        };
    }

    private @Nullable ValueTest ordered(Order order) {
        Conversion as = definition.as();
        if (as == Conversion.INSTANT) {
            return instants(order);
        } else if (as == Conversion.SEMVER) {
            Semver version =
                    only(value -> Semver.parse(text(value), definition.lenient()), "a version by SemVer 2.0.0");
            return version == null ? null : ValueTest.versions(version, order);
        }
        Number number = only(value -> converted(value) instanceof Number found ? found : null, "a number");
        return number == null ? null : ValueTest.numbers(number, order);
    }

    private @Nullable ValueTest instants(Order order) {
        Instant instant = only(
                value -> Instants.of(ContextValues.of(value), definition.unit()),
                "an RFC 3339 instant, for example 2027-01-31T12:00:00Z");
        return instant == null ? null : ValueTest.instants(instant, definition.unit(), order);
    }

    private ValueSet operandSet() {
        List<Object> operands = operands(this::converted, "a value that converts");
        return ValueSet.of(
                definition.ignoreCase()
                        ? operands.stream().map(CompiledComparison::folded).toList()
                        : operands);
    }

    private @Nullable Object converted(FlagValue value) {
        Object canonical = ContextValues.of(value);
        return canonical == null ? null : CompiledComparison.convert(definition, canonical);
    }

    private List<String> texts() {
        return definition.values().stream().map(ComparisonCompiler::text).toList();
    }

    private <T> @Nullable T only(Function<FlagValue, @Nullable T> parse, String allowed) {
        List<T> parsed = operands(parse, allowed);
        return parsed.isEmpty() ? null : parsed.get(0);
    }

    private <T> List<T> operands(Function<FlagValue, @Nullable T> parse, String allowed) {
        List<T> parsed = new ArrayList<>();
        for (int i = 0; i < definition.values().size(); i++) {
            FlagValue value = definition.values().get(i);
            T operand = parse.apply(value);
            if (operand == null) {
                String index = definition.operator().takesList() ? "[" + i + "]" : "";
                String as = definition.as() == null ? "" : " (as: " + definition.as() + ")";
                problems.add(Problem.at(path + "." + definition.operator() + index, value, allowed + as));
            } else {
                parsed.add(operand);
            }
        }
        return parsed;
    }

    private static String text(FlagValue value) {
        return value instanceof FlagValue.Text text ? text.value() : value.toString();
    }
}
