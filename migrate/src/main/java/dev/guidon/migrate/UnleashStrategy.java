package dev.guidon.migrate;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A strategy of Unleash: who is meant, and how many of these.
 *
 * @param when who is meant
 * @param rollout how many; null for all
 */
record UnleashStrategy(Condition when, @Nullable Rollout rollout) {

    static final String DEFAULT = "default";
    static final String RANDOM = "random";

    private static final Set<String> FIELDS =
            Set.of("name", "id", "title", "sortOrder", "parameters", "constraints", "segments", "variants", "disabled");
    private static final Attribute SESSION = Attribute.of("sessionId");
    private static final List<Attribute> BY_KEY = List.of(Attribute.KEY);

    /**
     * Reads a strategy.
     *
     * @param node where it stands
     * @param feature the feature's name, which is the group unless the strategy has another
     * @param segments the condition for a strategy's segments
     */
    static UnleashStrategy of(Node node, String feature, UnleashSegments segments) {
        node.only(FIELDS);
        Node parameters = node.get("parameters");
        String name = node.get("name").text();
        String group = parameter(parameters, "groupId");
        Condition who = Conditions.ALWAYS;
        Rollout rollout = null;
        switch (name == null ? "" : name) {
            case "default" -> {}
            case "userWithId" ->
                who = UnleashConstraint.in(
                        Attribute.KEY,
                        listed(parameters, "userIds").stream()
                                .map(FlagValue::of)
                                .toList());
            case "remoteAddress" ->
                who = UnleashConstraint.networks(
                        Attribute.of("remoteAddress"), listed(parameters, "IPs"), parameters.get("IPs"));
            case "applicationHostname" -> who = hostNames(parameters);
            case "flexibleRollout" -> {
                String stickiness = parameter(parameters, "stickiness");
                rollout = rollout(
                        parameters.get("rollout"),
                        stickiness == null ? DEFAULT : stickiness,
                        group == null ? feature : group);
            }
            case "gradualRolloutUserId" -> rollout = rollout(parameters.get("percentage"), "userId", orEmpty(group));
            case "gradualRolloutSessionId" ->
                rollout = rollout(parameters.get("percentage"), "sessionId", orEmpty(group));
            case "gradualRolloutRandom" -> rollout = rollout(parameters.get("percentage"), RANDOM, "");
            default -> node.get("name").problem("a strategy that comes with Unleash (a flag runs no code)");
        }
        if (node.get("disabled").bool(false)) {
            who = Conditions.NEVER;
        }
        Condition when = Conditions.all(
                segments.condition(node.get("segments")), UnleashConstraint.all(node.get("constraints")), who);
        return new UnleashStrategy(when, rollout);
    }

    /** A rule for those that the strategy means. */
    Rule rule(@Nullable Condition besides, Serve serve) {
        Condition all = besides == null ? when : Conditions.all(when, besides);
        return new Rule(null, null, all.equals(Conditions.ALWAYS) ? null : all, rollout, serve, Extra.NONE);
    }

    /** The formula of Unleash with so many buckets, counted from 1. */
    static Bucketing bucketing(long buckets, long seed) {
        return new Bucketing(
                Bucketing.Hash.MURMUR3_32,
                1,
                new Take.Bytes(4, Take.Endian.BIG),
                seed,
                new Reduction.Modulo(buckets),
                1,
                Bucketing.Comparison.AT_MOST,
                "{salt}:{value}",
                Extra.NONE);
    }

    /** What a kind of stickiness goes by. */
    static List<Attribute> by(String stickiness) {
        return stickiness.equals(DEFAULT) ? BY_KEY : List.of(UnleashConstraint.attribute(stickiness));
    }

    /** What the default stickiness goes by else. */
    static List<Attribute> fallback(String stickiness) {
        return stickiness.equals(DEFAULT) ? List.of(SESSION) : List.of();
    }

    private static @Nullable Rollout rollout(Node percentage, String stickiness, String group) {
        int percent = percent(percentage);
        boolean some = percent > 0 && percent < 100;
        if (stickiness.equals(RANDOM) && some) {
            percentage.problem("0 or 100 with random stickiness (nobody is assigned at random)");
        }
        if (percent == 100 && (stickiness.equals(RANDOM) || stickiness.equals(DEFAULT))) {
            return null;
        }
        if (stickiness.equals(DEFAULT) && some) {
            percentage.loss(
                    "who had neither a userId nor a sessionId was assigned at random; now these are not included");
        }
        String sticky = stickiness.equals(RANDOM) ? DEFAULT : stickiness;
        return new Rollout.Fixed(
                Percent.of(percent),
                Assignments.salted(by(sticky), fallback(sticky), null, group, bucketing(100, 0)),
                Extra.NONE);
    }

    private static int percent(Node node) {
        String text = text(node);
        try {
            int percent = text == null ? -1 : Integer.parseInt(text.trim());
            if (percent >= 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        node.problem("a whole number from 0 to 100");
        return 0;
    }

    private static Condition hostNames(Node parameters) {
        parameters.get("hostNames").remark("put the name of the machine into the context, as attribute hostname");
        List<FlagValue> names =
                listed(parameters, "hostNames").stream().map(FlagValue::of).toList();
        return Conditions.compare(Attribute.of("hostname"), Operator.IN, null, true, names);
    }

    private static List<String> listed(Node parameters, String name) {
        String text = parameter(parameters, name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::trim)
                        .distinct()
                        .toList();
    }

    static @Nullable String parameter(Node parameters, String name) {
        return text(parameters.get(name));
    }

    /** Parameters are strings, but some servers wrote numbers. */
    private static @Nullable String text(Node node) {
        return node.value() instanceof FlagValue.Number number ? number.value().toPlainString() : node.text();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
