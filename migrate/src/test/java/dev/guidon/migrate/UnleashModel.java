package dev.guidon.migrate;

import static dev.guidon.migrate.Values.get;
import static dev.guidon.migrate.Values.list;
import static dev.guidon.migrate.Values.text;

import dev.guidon.definition.FlagValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a feature of Unleash is on, as its client specification has it, written down once more and on its own, to hold imported flags
 * against.
 *
 * @param context the fields of the context and its properties
 * @param now the instant of the evaluation
 */
record UnleashModel(Map<String, String> context, Instant now) {

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)");

    boolean isOn(FlagValue feature, String name) {
        List<FlagValue> strategies = list(feature, "strategies");
        return get(feature, "enabled").equals(FlagValue.TRUE)
                && (strategies.isEmpty() || strategies.stream().anyMatch(strategy -> isOn(name, strategy)));
    }

    private boolean isOn(String name, FlagValue strategy) {
        FlagValue parameters = get(strategy, "parameters");
        if (!list(strategy, "constraints").stream().allMatch(this::holds)) {
            return false;
        }
        return switch (text(get(strategy, "name"))) {
            case "userWithId" -> {
                String user = context.get("userId");
                yield user != null
                        && Arrays.asList(text(get(parameters, "userIds")).split(", "))
                                .contains(user);
            }
            case "flexibleRollout" -> {
                String id = context.get(text(get(parameters, "stickiness")));
                int percent = Integer.parseInt(text(get(parameters, "rollout")));
                byte[] hashed = (name + ":" + id).getBytes(StandardCharsets.UTF_8);
                yield id != null && Integer.toUnsignedLong(FlagdModel.murmur(hashed)) % 100 + 1 <= percent;
            }
            default -> true;
        };
    }

    private boolean holds(FlagValue constraint) {
        String operator = text(get(constraint, "operator"));
        String value = text(get(constraint, "value"));
        boolean valid = switch (operator.split("_")[0]) {
            case "NUM" -> number(value) != null;
            case "SEMVER" -> VERSION.matcher(value).matches();
            case "DATE" -> instant(value) != null;
            default -> true;
        };
        return valid && get(constraint, "inverted").equals(FlagValue.TRUE) != matches(operator, value, constraint);
    }

    private boolean matches(String operator, String value, FlagValue constraint) {
        String name = text(get(constraint, "contextName"));
        boolean time = operator.startsWith("DATE") && name.equals("currentTime") && !context.containsKey(name);
        String found = time ? now.toString() : context.get(name);
        if (found == null) {
            return operator.equals("NOT_IN");
        }
        List<String> values =
                list(constraint, "values").stream().map(Values::text).toList();
        boolean fold = get(constraint, "caseInsensitive").equals(FlagValue.TRUE);
        return switch (operator) {
            case "IN" -> values.contains(found);
            case "NOT_IN" -> !values.contains(found);
            case "STR_CONTAINS" -> any(found, values, fold, String::contains);
            case "STR_STARTS_WITH" -> any(found, values, fold, String::startsWith);
            case "STR_ENDS_WITH" -> any(found, values, fold, String::endsWith);
            case "DATE_AFTER" -> instant(found) != null && instant(found).isAfter(instant(value));
            case "DATE_BEFORE" -> instant(found) != null && instant(found).isBefore(instant(value));
            default -> ordered(operator, found, value);
        };
    }

    private static boolean any(String found, List<String> values, boolean fold, BiPredicate<String, String> predicate) {
        return values.stream().anyMatch(value -> predicate.test(folded(found, fold), folded(value, fold)));
    }

    private static String folded(String text, boolean fold) {
        return fold ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static boolean ordered(String operator, String found, String value) {
        Integer order = null;
        if (operator.startsWith("NUM")) {
            BigDecimal number = number(found);
            order = number == null ? null : Integer.valueOf(number.compareTo(number(value)));
        } else {
            Matcher x = VERSION.matcher(found);
            Matcher y = VERSION.matcher(value);
            if (x.matches() && y.matches()) {
                order = 0;
                for (int i = 1; i <= 3 && order == 0; i++) {
                    order = Integer.compare(Integer.parseInt(x.group(i)), Integer.parseInt(y.group(i)));
                }
            }
        }
        if (order == null) {
            return false;
        }
        return switch (operator.substring(operator.indexOf('_') + 1)) {
            case "EQ" -> order == 0;
            case "GT" -> order > 0;
            case "GTE" -> order >= 0;
            case "LT" -> order < 0;
            default -> order <= 0;
        };
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
