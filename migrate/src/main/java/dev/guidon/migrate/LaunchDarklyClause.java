package dev.guidon.migrate;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.InstantUnit;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A clause: an operator, an attribute, and values any of which may match. A clause on a missing attribute does not match, negated or
 * not; a value of a wrong type does not match either, and does when negated.
 */
final class LaunchDarklyClause {

    private static final Set<String> FIELDS = Set.of("attribute", "op", "values", "negate", "contextKind");
    private static final String SEGMENT_MATCH = "segmentMatch";
    private static final int MOST_PATTERN = 1_000;

    private final Node node;
    private final LaunchDarklyExport export;
    private final String operator;
    private final boolean negated;
    private final LaunchDarklyReference reference;
    private final Attribute attribute;
    private final @Nullable FlagValue ifMissing;

    /** The clause must not be malformed. */
    LaunchDarklyClause(Node node, LaunchDarklyExport export) {
        node.only(FIELDS);
        String op = node.get("op").text();
        this.node = node;
        this.export = export;
        this.operator = op == null ? "" : op;
        this.negated = node.get("negate").bool(false);
        this.reference = reference(node);
        if (reference.kind().equals(LaunchDarklyReference.USER)
                && !reference.malformed()
                && export.kinds().contains(reference.names().get(0))) {
            node.get("attribute")
                    .loss(
                            "is an attribute of users and a kind of contexts as well, which are in the same place: rename it");
        }
        this.attribute = reference.malformed() ? Attribute.KEY : reference.attribute();
        this.ifMissing =
                reference.is("anonymous") ? FlagValue.FALSE : reference.is("kind") ? FlagValue.of("user") : null;
    }

    /** Why evaluation fails when it reaches a clause; null if it does not. */
    static @Nullable String malformed(Node clause, LaunchDarklyExport export) {
        for (String segment : segments(clause)) {
            if (export.failingSegments().contains(segment)) {
                return "the segment " + segment + " is malformed or leads to a cycle";
            }
        }
        return malformed(clause) ? "the attribute reference is not valid" : null;
    }

    static boolean malformed(Node clause) {
        return !isSegmentMatch(clause) && reference(clause).malformed();
    }

    /** The segments that a clause names. */
    static List<String> segments(Node clause) {
        return isSegmentMatch(clause)
                ? clause.get("values").list().stream()
                        .map(Node::value)
                        .filter(FlagValue.Text.class::isInstance)
                        .map(value -> ((FlagValue.Text) value).value())
                        .toList()
                : List.of();
    }

    private static boolean isSegmentMatch(Node clause) {
        return clause.get("op").value().equals(FlagValue.of(SEGMENT_MATCH));
    }

    private static LaunchDarklyReference reference(Node clause) {
        return LaunchDarklyReference.of(
                clause.get("contextKind").text(), clause.get("attribute").text());
    }

    Condition condition() {
        if (operator.equals(SEGMENT_MATCH)) {
            return inSegment();
        } else if (reference.is("kind")) {
            Condition kind = operator.equals("in") ? ofKind() : test();
            return negated ? Conditions.unless(kind) : kind;
        }
        Condition test = test();
        if (reference.is("anonymous")) {
            Condition there = Conditions.exists(LaunchDarklyReference.key(reference.kind()), true);
            return Conditions.all(there, negated ? Conditions.unless(test) : test);
        } else if (!negated) {
            return test;
        } else if (operator.equals("in")) {
            return new Condition.Not(test, Extra.NONE);
        }
        // A comparison with nothing is FALSE for whatever is there, an empty list too, which exists does not say.
        Condition there = new Condition.Not(compare(Operator.IN, List.of(), null, Leniency.STRICT), Extra.NONE);
        return Conditions.all(there, Conditions.unless(test));
    }

    private Condition inSegment() {
        List<String> keys = new ArrayList<>();
        for (Node value : node.get("values").list()) {
            if (!(value.value() instanceof FlagValue.Text segment)
                    || segment.value().isEmpty()) {
                never(value, "a segment's key");
            } else if (export.segments().containsKey(segment.value())) {
                keys.add(Keys.of(segment.value()));
            } else {
                value.remark(
                        "there is no segment \"" + segment.value() + "\", so nobody is in it, and it was left out");
            }
        }
        Condition in = keys.isEmpty() ? Conditions.NEVER : new Condition.InSegment(keys, Extra.NONE);
        return negated ? Conditions.unless(in) : in;
    }

    /** A context is of a kind if it has a key of that kind. */
    private Condition ofKind() {
        return Conditions.any(texts(kind -> !kind.isEmpty()).stream()
                .map(kind -> Conditions.exists(LaunchDarklyReference.key(kind), true))
                .toList());
    }

    private Condition test() {
        return switch (operator) {
            case "in" -> equal();
            case "startsWith" -> strings(Operator.STARTS_WITH);
            case "endsWith" -> strings(Operator.ENDS_WITH);
            case "contains" -> strings(Operator.CONTAINS);
            case "matches" -> patterns();
            case "lessThan" -> numbers(Operator.LESS_THAN);
            case "lessThanOrEqual" -> numbers(Operator.AT_MOST);
            case "greaterThan" -> numbers(Operator.GREATER_THAN);
            case "greaterThanOrEqual" -> numbers(Operator.AT_LEAST);
            case "before" -> instants(Operator.BEFORE);
            case "after" -> instants(Operator.AFTER);
            case "semVerEqual" -> versions("=");
            case "semVerLessThan" -> versions("<");
            case "semVerGreaterThan" -> versions(">");
            default -> {
                node.get("op").remark("is no operator of LaunchDarkly, so it never matches");
                yield Conditions.NEVER;
            }
        };
    }

    private Condition equal() {
        List<FlagValue> values =
                values("a string, a number or a boolean", value -> !(value instanceof FlagValue.Array));
        return compare(values.size() == 1 ? Operator.EQUALS : Operator.IN, values, null, Leniency.STRICT);
    }

    private Condition strings(Operator with) {
        return compare(with, texts(text -> true).stream().map(FlagValue::of).toList(), null, Leniency.STRICT);
    }

    private Condition patterns() {
        List<FlagValue> patterns = new ArrayList<>();
        for (Node value : node.get("values").list()) {
            if (value.value() instanceof FlagValue.Text pattern && isPattern(pattern.value())) {
                patterns.add(pattern);
                if (!Conditions.isValid(compare(Operator.MATCHES, List.of(pattern), null, Leniency.STRICT))) {
                    value.problem("a pattern by RE2 syntax, without lookaround and backreferences, of at most "
                            + MOST_PATTERN + " characters");
                }
            } else {
                never(value, "a regular expression");
            }
        }
        return compare(Operator.MATCHES, patterns, null, Leniency.STRICT);
    }

    /** Whether it is one for LaunchDarkly; one that is too long for Guidon is taken for one. */
    private static boolean isPattern(String text) {
        try {
            return text.length() > MOST_PATTERN
                    || Pattern.compile(text).pattern().equals(text);
        } catch (PatternSyntaxException | StackOverflowError e) {
            return false;
        }
    }

    private Condition numbers(Operator with) {
        return Conditions.any(values("a number", FlagValue.Number.class::isInstance).stream()
                .<Condition>map(value -> compare(with, List.of(value), null, Leniency.STRICT))
                .toList());
    }

    private Condition instants(Operator with) {
        Function<FlagValue, Condition> before = value -> compare(with, List.of(value), InstantUnit.MS, Leniency.STRICT);
        List<FlagValue> valid = values("an RFC 3339 instant, or a number of milliseconds", value -> {
            boolean mayBe = value instanceof FlagValue.Text || value instanceof FlagValue.Number;
            return mayBe && Conditions.isValid(before.apply(value));
        });
        return Conditions.any(
                valid.stream().map(LaunchDarklyClause::whole).map(before).toList());
    }

    /** Fractions of milliseconds do not count. */
    private static FlagValue whole(FlagValue instant) {
        return instant instanceof FlagValue.Number number
                ? new FlagValue.Number(new BigDecimal(number.value().toBigInteger()))
                : instant;
    }

    private Condition versions(String sign) {
        List<FlagValue> ranges = texts(text -> text.equals(text.strip())
                        && Conditions.isValid(compare(
                                Operator.SEMVER_RANGE, List.of(FlagValue.of(sign + text)), null, Leniency.PARTIAL)))
                .stream()
                .map(text -> FlagValue.of(sign + text))
                .toList();
        return compare(Operator.SEMVER_RANGE, ranges, null, Leniency.PARTIAL);
    }

    private List<String> texts(Function<String, Boolean> accepted) {
        return values("a valid string", value -> value instanceof FlagValue.Text text && accepted.apply(text.value()))
                .stream()
                .map(value -> ((FlagValue.Text) value).value())
                .toList();
    }

    /** The values that can match; the others get a remark, and never did. */
    private List<FlagValue> values(String allowed, Function<FlagValue, Boolean> accepted) {
        List<FlagValue> values = new ArrayList<>();
        for (Node value : node.get("values").list()) {
            if (!value.missing() && accepted.apply(value.value())) {
                values.add(value.value());
            } else {
                never(value, allowed);
            }
        }
        return values;
    }

    private static void never(Node value, String allowed) {
        value.remark("found " + value.value() + ", which never matches and was left out; allowed: " + allowed);
    }

    private Comparison compare(Operator with, List<FlagValue> values, @Nullable InstantUnit unit, Leniency leniency) {
        return new Comparison(attribute, with, values, null, unit, false, leniency, ifMissing, Extra.NONE);
    }
}
