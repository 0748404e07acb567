package dev.guidon.migrate;

import static dev.guidon.migrate.Values.get;
import static dev.guidon.migrate.Values.list;

import dev.guidon.definition.FlagValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The evaluation of a universal flag configuration, where Eppo and Datadog agree and as the page says where they do not, written down once
 * more and on its own, to hold imported flags against.
 *
 * @param key the subject's key; null for none
 * @param attributes the subject's attributes
 * @param now the instant of the evaluation
 */
record UfcModel(String key, FlagValue attributes, Instant now) {

    /** What evaluation fails with where shards need a key. */
    static final class NoKey extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    /** The variation that a flag serves; null if it serves none. */
    String variation(FlagValue flag) {
        if (!get(flag, "enabled").equals(FlagValue.TRUE)) {
            return null;
        }
        for (FlagValue allocation : list(flag, "allocations")) {
            if (isTime(allocation) && matches(list(allocation, "rules"))) {
                for (FlagValue split : list(allocation, "splits")) {
                    if (list(split, "shards").stream().allMatch(shard -> isIn(shard, flag))) {
                        return text(get(split, "variationKey"));
                    }
                }
            }
        }
        return null;
    }

    private boolean isTime(FlagValue allocation) {
        FlagValue start = get(allocation, "startAt");
        FlagValue end = get(allocation, "endAt");
        return (start.equals(FlagValue.NULL) || !now.isBefore(Instant.parse(text(start))))
                && (end.equals(FlagValue.NULL) || !now.isAfter(Instant.parse(text(end))));
    }

    private boolean matches(List<FlagValue> rules) {
        return rules.isEmpty()
                || rules.stream()
                        .anyMatch(rule -> list(rule, "conditions").stream().allMatch(this::holds));
    }

    private boolean holds(FlagValue condition) {
        String name = text(get(condition, "attribute"));
        FlagValue found = get(attributes, name);
        if (name.equals("id") && found.equals(FlagValue.NULL) && key != null) {
            found = FlagValue.of(key);
        }
        FlagValue value = get(condition, "value");
        String operator = text(get(condition, "operator"));
        if (operator.equals("IS_NULL")) {
            return found.equals(FlagValue.NULL) == value.equals(FlagValue.TRUE);
        } else if (found.equals(FlagValue.NULL)) {
            return false;
        }
        String text = text(found);
        return switch (operator) {
            case "ONE_OF" -> ((FlagValue.Array) value).values().contains(FlagValue.of(text));
            case "NOT_ONE_OF" -> !((FlagValue.Array) value).values().contains(FlagValue.of(text));
            case "MATCHES" -> Pattern.compile(text(value)).matcher(text).find();
            case "NOT_MATCHES" -> !Pattern.compile(text(value)).matcher(text).find();
            default -> ordered(operator, found, value);
        };
    }

    private static boolean ordered(String operator, FlagValue found, FlagValue value) {
        Integer order = value instanceof FlagValue.Text text
                        && VERSION.matcher(text.value()).matches()
                ? versions(found, text.value())
                : numbers(found, text(value));
        return order != null
                && switch (operator) {
                    case "LT" -> order < 0;
                    case "LTE" -> order <= 0;
                    case "GT" -> order > 0;
                    default -> order >= 0;
                };
    }

    private static Integer versions(FlagValue found, String value) {
        Matcher x = VERSION.matcher(found instanceof FlagValue.Text text ? text.value() : "");
        Matcher y = VERSION.matcher(value);
        if (!x.matches() || !y.matches()) {
            return null;
        }
        int order = 0;
        for (int i = 1; i <= 3 && order == 0; i++) {
            order = Integer.compare(Integer.parseInt(x.group(i)), Integer.parseInt(y.group(i)));
        }
        return order;
    }

    private static Integer numbers(FlagValue found, String value) {
        boolean number = !(found instanceof FlagValue.Bool) && text(found).matches("-?\\d+(\\.\\d+)?");
        return number ? Double.compare(Double.parseDouble(text(found)), Double.parseDouble(value)) : null;
    }

    private boolean isIn(FlagValue shard, FlagValue flag) {
        if (key == null) {
            throw new NoKey();
        }
        byte[] hash = md5(text(get(shard, "salt")) + "-" + key);
        long number = 0;
        for (int i = 0; i < 4; i++) {
            number = number << 8 | (hash[i] & 0xFF);
        }
        long bucket = number % number(get(flag, "totalShards"));
        return list(shard, "ranges").stream()
                .anyMatch(range -> bucket >= number(get(range, "start")) && bucket < number(get(range, "end")));
    }

    private static byte[] md5(String input) {
        try {
            return MessageDigest.getInstance("MD5").digest(input.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(FlagValue value) {
        return ((FlagValue.Number) value).value().longValue();
    }

    private static String text(FlagValue value) {
        return value instanceof FlagValue.Text text ? text.value() : value.toString();
    }
}
