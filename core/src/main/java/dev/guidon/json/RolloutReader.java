package dev.guidon.json;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Rollout;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rollouts, and the percentages and instants in them. */
final class RolloutReader {

    private static final Rollout PLACEHOLDER = Rollout.of(0);
    private static final String INSTANT = "an RFC 3339 instant like 2027-01-31T09:00:00Z";
    private static final Pattern RFC3339 = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?)(?:(?<=\\.\\d{9})\\d+)?(Z|[+-]\\d{2}:\\d{2})");

    private RolloutReader() {}

    static @Nullable Rollout readOptional(Node node) {
        if (node.absent()) {
            return null;
        }
        if (node.value() instanceof FlagValue.Number) {
            return new Rollout.Fixed(percent(node, Percent.ZERO), Assignment.BY_KEY, Extra.NONE);
        }
        Fields fields = node.object("a percentage, or an object with percent or ramp");
        return fields == null ? PLACEHOLDER : read(node, fields);
    }

    private static Rollout read(Node node, Fields fields) {
        Assignment assignment = AssignmentReader.read(node, fields, "salt");
        List<String> shares = fields.present(List.of("percent", "ramp"));
        Extra extra = fields.extra();
        if (shares.size() != 1) {
            fields.refuse("exactly one of percent and ramp");
            return PLACEHOLDER;
        }
        if (shares.contains("percent")) {
            return new Rollout.Fixed(percent(fields.at("percent"), Percent.ZERO), assignment, extra);
        }
        Node ramp = fields.at("ramp");
        List<Rollout.Step> steps = ramp.list("a list of {at, percent}").stream()
                .map(RolloutReader::step)
                .toList();
        boolean failed = node.report().failed(ramp.place());
        return node.build(
                PLACEHOLDER,
                () -> new Rollout.Ramp(steps, assignment, extra),
                path -> failed && path.startsWith("ramp[") ? null : path);
    }

    private static Rollout.Step step(Node node) {
        Rollout.Step placeholder = new Rollout.Step(Instant.EPOCH, Percent.ZERO, Extra.NONE);
        Fields fields = node.object("an object: {at, percent}");
        if (fields == null) {
            return placeholder;
        }
        Instant at = instant(fields.at("at"));
        Percent percent = percent(fields.at("percent"), Percent.ZERO);
        Extra extra = fields.extra();
        return node.build(placeholder, () -> new Rollout.Step(at, percent, extra));
    }

    static Percent percent(Node node, Percent placeholder) {
        BigDecimal number = node.number("a percentage from 0 to 100 (a number)");
        return number == null ? placeholder : node.build(placeholder, () -> Percent.of(number));
    }

    /** Digits beyond nanoseconds are dropped; a leap second is not read. */
    private static Instant instant(Node node) {
        Matcher matcher = RFC3339.matcher(node.text(INSTANT).toUpperCase(Locale.ROOT));
        try {
            if (matcher.matches()) {
                String offset = matcher.group(2);
                int minutes = offset.equals("Z")
                        ? 0
                        : LocalTime.parse(offset.substring(1)).toSecondOfDay() / 60;
                return LocalDateTime.parse(matcher.group(1))
                        .plusMinutes(offset.startsWith("-") ? minutes : -minutes)
                        .toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeException e) {
            // told below, like any other text that is no instant
        }
        if (node.isText()) {
            node.refuse(INSTANT);
        }
        return Instant.EPOCH;
    }
}
