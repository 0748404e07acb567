package dev.guidon.migrate;

import static dev.guidon.migrate.Values.get;
import static dev.guidon.migrate.Values.list;
import static dev.guidon.migrate.Values.text;

import dev.guidon.definition.FlagValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * LaunchDarkly's evaluation as its SDKs document it, written down once more and on its own, to hold imported flags against. It knows
 * neither cycles nor versions with suffixes.
 *
 * @param data an object with {@code flags} and {@code segments}
 * @param context the kinds of the context
 */
record LaunchDarklyModel(FlagValue.Obj data, Map<String, FlagValue.Obj> context) {

    /** What evaluation fails with where the data are malformed. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The index of the variation that a flag serves; null if it serves none. */
    Integer variation(String key) {
        FlagValue flag = get(get(data, "flags"), key);
        if (!isTrue(get(flag, "on"))) {
            return off(flag);
        }
        for (FlagValue needed : list(flag, "prerequisites")) {
            FlagValue other = get(get(data, "flags"), text(get(needed, "key")));
            if (!(other instanceof FlagValue.Obj) || !isTrue(get(other, "on")) || !serves(needed)) {
                return off(flag);
            }
        }
        for (FlagValue target : list(flag, "targets")) {
            if (listed(target, "user")) {
                return valid(flag, number(get(target, "variation")));
            }
        }
        for (FlagValue rule : list(flag, "rules")) {
            if (list(rule, "clauses").stream().allMatch(this::matches)) {
                return serve(flag, key, rule);
            }
        }
        return serve(flag, key, get(flag, "fallthrough"));
    }

    private boolean serves(FlagValue needed) {
        try {
            Integer served = variation(text(get(needed, "key")));
            return served != null && served == number(get(needed, "variation"));
        } catch (Malformed e) {
            return false;
        }
    }

    private static Integer off(FlagValue flag) {
        return get(flag, "offVariation") instanceof FlagValue.Number number
                ? valid(flag, number.value().intValue())
                : null;
    }

    private static Integer valid(FlagValue flag, int variation) {
        if (variation < 0 || variation >= list(flag, "variations").size()) {
            throw new Malformed();
        }
        return variation;
    }

    private Integer serve(FlagValue flag, String key, FlagValue choice) {
        if (get(choice, "variation") instanceof FlagValue.Number number) {
            return valid(flag, number.value().intValue());
        }
        FlagValue rollout = get(choice, "rollout");
        List<FlagValue> shares = list(rollout, "variations");
        if (shares.isEmpty()) {
            throw new Malformed();
        }
        float bucket = bucket(rollout, "contextKind", key, text(get(flag, "salt")));
        float sum = 0;
        for (FlagValue share : shares) {
            sum += (float) number(get(share, "weight")) / 100000F;
            if (bucket < sum) {
                return valid(flag, number(get(share, "variation")));
            }
        }
        return valid(flag, number(get(shares.get(shares.size() - 1), "variation")));
    }

    private float bucket(FlagValue by, String kindField, String key, String salt) {
        FlagValue.Obj one = context.get(kind(get(by, kindField)));
        boolean experiment = text(get(by, "kind")).equals("experiment");
        String name = get(by, "bucketBy") instanceof FlagValue.Text text && !experiment ? text.value() : "key";
        if (one == null) {
            return -1;
        }
        FlagValue value = get(one, name);
        if (!(value instanceof FlagValue.Text || value instanceof FlagValue.Number)) {
            return 0;
        }
        String prefix = get(by, "seed") instanceof FlagValue.Number seed ? seed.toString() : key + "." + salt;
        String input = prefix + "." + (value instanceof FlagValue.Text text ? text.value() : value.toString());
        return (float) Long.parseLong(sha1(input).substring(0, 15), 16) / (float) 0xFFFFFFFFFFFFFFFL;
    }

    private static String sha1(String input) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(input.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean matches(FlagValue clause) {
        boolean negated = isTrue(get(clause, "negate"));
        if (text(get(clause, "op")).equals("segmentMatch")) {
            return negated != list(clause, "values").stream().anyMatch(segment -> isIn(text(segment)));
        }
        String name = text(get(clause, "attribute"));
        if (name.isEmpty()) {
            throw new Malformed();
        } else if (name.equals("kind")) {
            return negated != context.keySet().stream().anyMatch(kind -> any(clause, FlagValue.of(kind)));
        }
        FlagValue.Obj one = context.get(kind(get(clause, "contextKind")));
        FlagValue value = one == null ? FlagValue.NULL : get(one, name);
        if (one != null && name.equals("anonymous") && value.equals(FlagValue.NULL)) {
            value = FlagValue.FALSE;
        }
        if (value.equals(FlagValue.NULL)) {
            return false;
        }
        return negated
                != (value instanceof FlagValue.Array array
                        ? array.values().stream().anyMatch(element -> any(clause, element))
                        : any(clause, value));
    }

    private static boolean any(FlagValue clause, FlagValue found) {
        String op = text(get(clause, "op"));
        return list(clause, "values").stream().anyMatch(value -> holds(op, found, value));
    }

    private static boolean holds(String op, FlagValue found, FlagValue value) {
        if (op.equals("in")) {
            return (found instanceof FlagValue.Number a && value instanceof FlagValue.Number b)
                    ? a.value().doubleValue() == b.value().doubleValue()
                    : found.equals(value);
        }
        if (op.equals("before") || op.equals("after")) {
            Instant a = instant(found);
            Instant b = instant(value);
            return a != null && b != null && (op.equals("before") ? a.isBefore(b) : a.isAfter(b));
        }
        if (found instanceof FlagValue.Number a && value instanceof FlagValue.Number b) {
            int order = Double.compare(a.value().doubleValue(), b.value().doubleValue());
            return switch (op) {
                case "lessThan" -> order < 0;
                case "lessThanOrEqual" -> order <= 0;
                case "greaterThan" -> order > 0;
                case "greaterThanOrEqual" -> order >= 0;
                default -> false;
            };
        }
        if (!(found instanceof FlagValue.Text a) || !(value instanceof FlagValue.Text b)) {
            return false;
        }
        return switch (op) {
            case "startsWith" -> a.value().startsWith(b.value());
            case "endsWith" -> a.value().endsWith(b.value());
            case "contains" -> a.value().contains(b.value());
            case "matches" -> Pattern.compile(b.value()).matcher(a.value()).find();
            case "semVerEqual" -> versions(a.value(), b.value()) == 0;
            case "semVerLessThan" -> versions(a.value(), b.value()) == -1;
            case "semVerGreaterThan" -> versions(a.value(), b.value()) == 1;
            default -> false;
        };
    }

    /** -1, 0 or 1; something else if one of them is no version. */
    private static int versions(String a, String b) {
        int[] x = version(a);
        int[] y = version(b);
        return x == null || y == null ? 9 : Integer.signum(java.util.Arrays.compare(x, y));
    }

    private static int[] version(String text) {
        if (!text.matches("(0|[1-9]\\d*)(\\.(0|[1-9]\\d*)){0,2}")) {
            return null;
        }
        int[] parts = Pattern.compile("\\.")
                .splitAsStream(text)
                .mapToInt(Integer::parseInt)
                .toArray();
        return java.util.Arrays.copyOf(parts, 3);
    }

    private static Instant instant(FlagValue value) {
        if (value instanceof FlagValue.Number number) {
            return Instant.ofEpochMilli(number.value().longValue());
        }
        try {
            return value instanceof FlagValue.Text text
                    ? OffsetDateTime.parse(text.value()).toInstant()
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private boolean isIn(String key) {
        FlagValue segment = get(get(data, "segments"), key);
        if (segment.equals(FlagValue.NULL)) {
            return false;
        }
        for (boolean included : List.of(true, false)) {
            FlagValue.Obj users = new FlagValue.Obj(Map.of("values", get(segment, included ? "included" : "excluded")));
            if (listed(users, "user")
                    || list(segment, included ? "includedContexts" : "excludedContexts").stream()
                            .anyMatch(list -> listed(list, kind(get(list, "contextKind"))))) {
                return included;
            }
        }
        for (FlagValue rule : list(segment, "rules")) {
            if (list(rule, "clauses").stream().allMatch(this::matches)) {
                if (get(rule, "weight").equals(FlagValue.NULL)) {
                    return true;
                }
                float bucket = bucket(rule, "rolloutContextKind", key, text(get(segment, "salt")));
                if (bucket < (float) number(get(rule, "weight")) / 100000F) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean listed(FlagValue list, String kind) {
        FlagValue.Obj one = context.get(kind);
        return one != null && list(list, "values").contains(get(one, "key"));
    }

    private static String kind(FlagValue kind) {
        return kind instanceof FlagValue.Text text ? text.value() : "user";
    }

    private static int number(FlagValue value) {
        return value instanceof FlagValue.Number number ? number.value().intValue() : 0;
    }

    private static boolean isTrue(FlagValue value) {
        return value.equals(FlagValue.TRUE);
    }
}
