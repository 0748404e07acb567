package dev.guidon.migrate;

import static dev.guidon.definition.Conversion.INSTANT;

import dev.guidon.definition.About;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A flag of a universal flag configuration. */
final class UfcFlag {

    private final Node node;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private @Nullable Serve fallthrough;

    private UfcFlag(Node node) {
        this.node = node;
    }

    static Flag of(String name, Node node) {
        node.only(Set.of("key", "enabled", "comment", "variationType", "variations", "allocations", "totalShards"));
        String key = Keys.of(name, node);
        if (!node.has("allocations")) {
            node.get("allocations").problem("a list of allocations");
        }
        UfcFlag flag = new UfcFlag(node);
        node.get("allocations").list().forEach(flag::allocation);
        return flag.make(key);
    }

    private Flag make(String key) {
        String typeName = node.get("variationType").text();
        FlagType type = type(typeName);
        if (type == null) {
            node.get("variationType").problem("STRING, INTEGER, NUMERIC, BOOLEAN or JSON");
            type = FlagType.JSON;
        }
        Variants variants = new Variants(type);
        node.get("variations").fields().forEach((variation, at) -> {
            at.only(Set.of("key", "value"));
            FlagValue value = value(at.get("value").value(), type(typeName), "INTEGER".equals(typeName));
            if (value == null) {
                variants.error(variation, "the value of variation " + variation + " is no " + typeName);
                at.get("value").remark("is no " + typeName + ": who gets it gets the caller's default");
            } else {
                variants.value(variation, value);
            }
        });
        boolean enabled = node.get("enabled").bool(false);
        return variants.flag(
                key, new About(node.get("comment").text(), null, null, List.of(), null), enabled, rules, fallthrough);
    }

    private static @Nullable FlagType type(@Nullable String name) {
        return switch (name == null ? "" : name) {
            case "STRING" -> FlagType.STRING;
            case "INTEGER", "NUMERIC" -> FlagType.NUMBER;
            case "BOOLEAN" -> FlagType.BOOLEAN;
            case "JSON" -> FlagType.JSON;
            default -> null;
        };
    }

    /** A variation's value; null if it is not of the flag's type. JSON may stand in a string. */
    private static @Nullable FlagValue value(FlagValue value, @Nullable FlagType type, boolean integer) {
        if (type == FlagType.JSON && value instanceof FlagValue.Text text) {
            try {
                return FlagFormat.readValue(text.value());
            } catch (FlagFormatException e) {
                return null;
            }
        }
        boolean fits = type != null && Variants.fits(value, type);
        boolean whole = value instanceof FlagValue.Number number
                && number.value().stripTrailingZeros().scale() <= 0;
        return fits && (!integer || whole) ? value : null;
    }

    private void allocation(Node allocation) {
        allocation.only(Set.of("key", "rules", "splits", "startAt", "endAt", "doLog"));
        if (fallthrough != null) {
            allocation.remark("is reached by nobody and was left out");
            return;
        }
        List<Condition> conditions = new ArrayList<>();
        bound(allocation.get("startAt"), Operator.AT_LEAST, conditions);
        bound(allocation.get("endAt"), Operator.AT_MOST, conditions);
        conditions.add(UfcCondition.anyRule(allocation.get("rules")));
        Condition when = Conditions.all(conditions);
        String id = allocation.get("key").text();
        List<UfcSplit> splits = allocation.get("splits").list().stream()
                .map(split -> UfcSplit.of(split, node))
                .toList();
        for (int i = 0; i < splits.size(); ) {
            UfcSplit split = splits.get(i);
            if (split.shards().isEmpty()) {
                serve(id, when, null, Serve.variant(split.variation()));
                if (i + 1 < splits.size()) {
                    allocation
                            .get("splits")
                            .remark("those after " + (i + 1) + " are reached by nobody and were left out");
                }
                return;
            }
            int end = i + 1;
            while (end < splits.size() && alike(split, splits.get(end))) {
                end++;
            }
            sharded(id, when, splits.subList(i, end));
            i = end;
        }
    }

    private static void bound(Node node, Operator operator, List<Condition> conditions) {
        String instant = node.text();
        if (instant != null) {
            conditions.add(Conditions.compare(Attribute.NOW, operator, INSTANT, FlagValue.of(instant)));
        }
    }

    /** Whether two splits differ only in the ranges of their last shard, so that they can be served by one rule. */
    private static boolean alike(UfcSplit one, UfcSplit other) {
        int last = one.shards().size() - 1;
        return other.shards().size() == last + 1
                && one.shards().subList(0, last).equals(other.shards().subList(0, last))
                && one.shards().get(last).salt().equals(other.shards().get(last).salt())
                && one.shards().get(last).total() == other.shards().get(last).total();
    }

    private void sharded(@Nullable String id, Condition when, List<UfcSplit> splits) {
        List<UfcSplit.Shard> shards = splits.get(0).shards();
        int last = shards.size() - 1;
        List<Condition> conditions = new ArrayList<>(List.of(when));
        Rollout rollout = null;
        for (UfcSplit.Shard shard : shards.subList(0, last)) {
            if (rollout == null && shard.isPercentage()) {
                rollout =
                        new Rollout.Fixed(shard.ranges().get(0).to(), shard.assignment(WhenMissing.ERROR), Extra.NONE);
            } else {
                conditions.add(shard.condition());
            }
        }
        List<Serve.Range> shares = new ArrayList<>();
        splits.forEach(split -> shares.addAll(split.shards().get(last).served(split.variation())));
        Serve serve = new Serve.RangeSplit(shares, shards.get(last).assignment(WhenMissing.ERROR), Extra.NONE);
        serve(id, Conditions.all(conditions), rollout, serve);
    }

    private void serve(@Nullable String id, Condition when, @Nullable Rollout rollout, Serve serve) {
        if (when.equals(Conditions.ALWAYS) && rollout == null && serve instanceof Serve.Variant) {
            fallthrough = serve;
            return;
        }
        String free = id == null || id.isEmpty() ? null : id;
        for (int i = 2; free != null && !ids.add(free); i++) {
            free = id + "#" + i;
        }
        rules.add(new Rule(free, null, when.equals(Conditions.ALWAYS) ? null : when, rollout, serve, Extra.NONE));
    }
}
