package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * flagd's evaluation: JsonLogic as its documentation has it, flagd's own operations as its specification and its tests have them, written
 * down once more and on its own, to hold imported flags against. It works values out, where the importer makes conditions.
 *
 * @param flag the flag's name
 * @param evaluators what references refer to
 * @param context the context, with {@code targetingKey}
 * @param seconds flagd's timestamp
 */
record FlagdModel(String flag, FlagValue evaluators, FlagValue.Obj context, long seconds) {

    /** What evaluation ends with at an operation that there is not. */
    static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What flagd and its providers disagree about. */
    static final class Disputed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final Pattern VERSION =
            Pattern.compile("[vV]?(0|[1-9]\\d*)(?:\\.(0|[1-9]\\d*))?(?:\\.(0|[1-9]\\d*))?(?:-([a-z]+))?(?:\\+\\w+)?");

    /** The variant that a targeting names, or another. */
    String variant(FlagValue targeting, String byDefault) {
        FlagValue value = value(targeting);
        return value.equals(FlagValue.NULL) ? byDefault : text(value);
    }

    FlagValue value(FlagValue rule) {
        if (rule instanceof FlagValue.Array array) {
            return new FlagValue.Array(array.values().stream().map(this::value).toList());
        }
        if (!(rule instanceof FlagValue.Obj object)) {
            return rule;
        }
        String operation = object.fields().keySet().iterator().next();
        FlagValue given = object.fields().get(operation);
        List<FlagValue> rules = given instanceof FlagValue.Array array ? array.values() : List.of(given);
        return switch (operation) {
            case "if", "?:" -> chosen(rules);
            case "and", "or" -> inOrder(rules, operation.equals("or"));
            case "$ref" -> value(evaluator(text(given)));
            case "fractional" -> {
                boolean by = !(rules.get(0) instanceof FlagValue.Array);
                yield fractional(by, rules.stream().map(this::value).toList());
            }
            default -> of(operation, rules.stream().map(this::value).toList());
        };
    }

    private FlagValue evaluator(String name) {
        FlagValue found = ((FlagValue.Obj) evaluators).fields().get(name);
        if (found == null) {
            throw new Unknown();
        }
        return found;
    }

    private FlagValue inOrder(List<FlagValue> rules, boolean or) {
        for (FlagValue rule : rules.subList(0, rules.size() - 1)) {
            FlagValue value = value(rule);
            if (truthy(value) == or) {
                return value;
            }
        }
        return value(rules.get(rules.size() - 1));
    }

    private FlagValue chosen(List<FlagValue> rules) {
        for (int i = 0; i + 1 < rules.size(); i += 2) {
            if (truthy(value(rules.get(i)))) {
                return value(rules.get(i + 1));
            }
        }
        return rules.size() % 2 == 1 ? value(rules.get(rules.size() - 1)) : FlagValue.NULL;
    }

    private FlagValue of(String operation, List<FlagValue> all) {
        FlagValue a = all.isEmpty() ? FlagValue.NULL : all.get(0);
        FlagValue b = all.size() < 2 ? FlagValue.NULL : all.get(1);
        return switch (operation) {
            case "var" -> variable(text(a), b);
            case "missing" ->
                new FlagValue.Array(all.stream()
                        .filter(name -> variable(text(name), FlagValue.NULL).equals(FlagValue.NULL))
                        .toList());
            case "!" -> FlagValue.of(!truthy(a));
            case "!!" -> FlagValue.of(truthy(a));
            case "==" -> FlagValue.of(equal(a, b));
            case "!=" -> FlagValue.of(!equal(a, b));
            case "===" -> FlagValue.of(same(a, b));
            case "!==" -> FlagValue.of(!same(a, b));
            case "<", "<=", ">", ">=" ->
                FlagValue.of(ordered(operation, a, b) && (all.size() < 3 || ordered(operation, b, all.get(2))));
            case "in" -> FlagValue.of(isIn(a, b));
            case "cat" -> FlagValue.of(all.stream().map(FlagdModel::joined).collect(Collectors.joining()));
            case "starts_with" -> strings(all) ? FlagValue.of(text(a).startsWith(text(b))) : FlagValue.NULL;
            case "ends_with" -> strings(all) ? FlagValue.of(text(a).endsWith(text(b))) : FlagValue.NULL;
            case "sem_ver" -> all.size() == 3 ? versions(a, text(b), all.get(2)) : FlagValue.NULL;
            default -> throw new Unknown();
        };
    }

    private FlagValue variable(String name, FlagValue ifMissing) {
        if (name.equals("$flagd.flagKey")) {
            return FlagValue.of(flag);
        } else if (name.equals("$flagd.timestamp")) {
            return FlagValue.of(seconds);
        }
        FlagValue value = context;
        for (String part : name.split("\\.")) {
            value = value instanceof FlagValue.Obj object
                    ? object.fields().getOrDefault(part, FlagValue.NULL)
                    : FlagValue.NULL;
        }
        return value.equals(FlagValue.NULL) ? ifMissing : value;
    }

    static boolean truthy(FlagValue value) {
        return !List.of(FlagValue.NULL, FlagValue.FALSE, FlagValue.of(""), new FlagValue.Array(List.of()))
                        .contains(value)
                && !(value instanceof FlagValue.Number number && number.value().signum() == 0);
    }

    private static boolean same(FlagValue a, FlagValue b) {
        return (a instanceof FlagValue.Number x && b instanceof FlagValue.Number y)
                ? x.value().compareTo(y.value()) == 0
                : !(a instanceof FlagValue.Array) && !(a instanceof FlagValue.Obj) && a.equals(b);
    }

    private static boolean equal(FlagValue a, FlagValue b) {
        boolean nothing = a.equals(FlagValue.NULL) || b.equals(FlagValue.NULL);
        return (nothing || (a instanceof FlagValue.Text && b instanceof FlagValue.Text))
                ? same(a, b)
                : number(a) == number(b);
    }

    private static boolean ordered(String operation, FlagValue a, FlagValue b) {
        double x = number(a);
        double y = number(b);
        return switch (operation) {
            case "<" -> x < y;
            case "<=" -> x <= y;
            case ">" -> x > y;
            default -> x >= y;
        };
    }

    private static double number(FlagValue value) {
        if (value instanceof FlagValue.Number number) {
            return number.value().doubleValue();
        } else if (value instanceof FlagValue.Text text) {
            String trimmed = text.value().trim();
            return trimmed.isEmpty()
                    ? 0
                    : trimmed.matches("-?\\d+(\\.\\d+)?") ? Double.parseDouble(trimmed) : Double.NaN;
        }
        return value instanceof FlagValue.Bool bool && bool.value()
                ? 1
                : value instanceof FlagValue.Bool || value.equals(FlagValue.NULL) ? 0 : Double.NaN;
    }

    private static boolean isIn(FlagValue a, FlagValue b) {
        return b instanceof FlagValue.Array array
                ? array.values().stream().anyMatch(each -> same(each, a))
                : a instanceof FlagValue.Text && b instanceof FlagValue.Text && text(b).contains(text(a));
    }

    private static boolean strings(List<FlagValue> all) {
        return all.size() == 2 && all.stream().allMatch(FlagValue.Text.class::isInstance);
    }

    private static FlagValue versions(FlagValue a, String sign, FlagValue b) {
        Matcher x = version(a);
        Matcher y = version(b);
        if (x == null || y == null) {
            return FlagValue.NULL;
        }
        int order = 0;
        for (int i = 1; i <= 3 && order == 0; i++) {
            order = Long.compare(part(x, i), part(y, i));
        }
        if (order == 0 && !Objects.equals(x.group(4), y.group(4))) {
            order = x.group(4) == null
                    ? 1
                    : y.group(4) == null ? -1 : x.group(4).compareTo(y.group(4));
        }
        return switch (sign) {
            case "=" -> FlagValue.of(order == 0);
            case "!=" -> FlagValue.of(order != 0);
            case "<" -> FlagValue.of(order < 0);
            case "<=" -> FlagValue.of(order <= 0);
            case ">" -> FlagValue.of(order > 0);
            case ">=" -> FlagValue.of(order >= 0);
            case "^" -> FlagValue.of(part(x, 1) == part(y, 1));
            case "~" -> FlagValue.of(part(x, 1) == part(y, 1) && part(x, 2) == part(y, 2));
            default -> FlagValue.NULL;
        };
    }

    private static Matcher version(FlagValue value) {
        boolean may = value instanceof FlagValue.Text || value instanceof FlagValue.Number;
        Matcher version = VERSION.matcher(may ? text(value) : "");
        return version.matches() ? version : null;
    }

    private static long part(Matcher version, int part) {
        return version.group(part) == null ? 0 : Long.parseLong(version.group(part));
    }

    private FlagValue fractional(boolean hasBy, List<FlagValue> all) {
        List<FlagValue> shares = new ArrayList<>(all);
        FlagValue by = hasBy ? shares.remove(0) : FlagValue.NULL;
        FlagValue key = variable("targetingKey", FlagValue.NULL);
        if (!(by instanceof FlagValue.Text) && !(by.equals(FlagValue.NULL) && key instanceof FlagValue.Text)) {
            return FlagValue.NULL;
        }
        String hashed = by instanceof FlagValue.Text text ? text.value() : flag + text(key);
        long total = 0;
        for (FlagValue share : shares) {
            total += weight(share);
        }
        long bucket = (Integer.toUnsignedLong(murmur(hashed.getBytes(StandardCharsets.UTF_8))) * total) >>> 32;
        long end = 0;
        for (FlagValue share : shares) {
            end += weight(share);
            if (bucket < end) {
                return ((FlagValue.Array) share).values().get(0);
            }
        }
        return FlagValue.NULL;
    }

    private static long weight(FlagValue share) {
        List<FlagValue> parts = ((FlagValue.Array) share).values();
        return parts.size() < 2 ? 1 : ((FlagValue.Number) parts.get(1)).value().longValue();
    }

    /** MurmurHash3 in 32 bits, seed 0. */
    static int murmur(byte[] bytes) {
        int hash = 0;
        for (int i = 0; i < bytes.length; i += 4) {
            int block = 0;
            int size = Math.min(4, bytes.length - i);
            for (int j = 0; j < size; j++) {
                block |= (bytes[i + j] & 0xFF) << (8 * j);
            }
            hash ^= Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
            hash = size < 4 ? hash : Integer.rotateLeft(hash, 13) * 5 + 0xe6546b64;
        }
        hash ^= bytes.length;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static String joined(FlagValue value) {
        if (value instanceof FlagValue.Array || value instanceof FlagValue.Obj) {
            throw new Disputed();
        }
        return value.equals(FlagValue.NULL) ? "" : text(value);
    }

    private static String text(FlagValue value) {
        return value instanceof FlagValue.Text text
                ? text.value()
                : value instanceof FlagValue.Number number
                        ? new BigDecimal(number.value().toPlainString())
                                .stripTrailingZeros()
                                .toPlainString()
                        : value.toString();
    }
}
