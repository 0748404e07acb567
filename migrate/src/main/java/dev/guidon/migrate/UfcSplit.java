package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A split of an allocation: who lies in all of its shards gets the variation.
 *
 * @param variation the key of a variation
 * @param shards the shards
 */
record UfcSplit(String variation, List<Shard> shards) {

    /** Shards of all; those that a salt puts into one of the ranges. */
    record Shard(String salt, long total, List<Range> ranges) {

        /** Those that are in it, and those without a key, of whom nothing can be said. */
        Condition condition() {
            List<Condition> any = new ArrayList<>();
            for (Range range : ranges) {
                any.add(new Condition.InBucket(range.from, range.to, assignment(null), Extra.NONE));
            }
            any.add(Conditions.exists(Attribute.KEY, false));
            return Conditions.any(any);
        }

        List<Serve.Range> served(String variant) {
            return ranges.stream()
                    .map(range -> new Serve.Range(variant, range.from, range.to, Extra.NONE))
                    .toList();
        }

        /** Whether it can be told by a percentage alone. */
        boolean isPercentage() {
            return ranges.size() == 1 && ranges.get(0).from.equals(Percent.ZERO);
        }

        Assignment assignment(@Nullable WhenMissing whenMissing) {
            Bucketing formula = new Bucketing(
                    Bucketing.Hash.MD5,
                    1,
                    new Take.Bytes(4, Take.Endian.BIG),
                    0,
                    new Reduction.Modulo(total),
                    0,
                    Bucketing.Comparison.BELOW,
                    "{salt}-{value}",
                    Extra.NONE);
            return Assignments.salted(List.of(Attribute.KEY), List.of(), whenMissing, salt, formula);
        }
    }

    /** A range in percent that has exactly the wanted buckets. */
    record Range(Percent from, Percent to) {}

    static UfcSplit of(Node node, Node flag) {
        node.only(Set.of("variationKey", "shards", "extraLogging", "serialId", "features"));
        String variation = node.get("variationKey").text();
        if (variation == null) {
            node.get("variationKey").problem("the key of a variation");
        }
        List<Shard> shards = node.get("shards").list().stream()
                .map(shard -> shard(shard, flag))
                .toList();
        return new UfcSplit(variation == null ? "" : variation, shards);
    }

    private static Shard shard(Node node, Node flag) {
        node.only(Set.of("salt", "ranges", "totalShards"));
        String salt = node.get("salt").text();
        if (salt == null) {
            node.get("salt").problem("a string");
        }
        Node total = node.get("totalShards").missing() ? flag.get("totalShards") : node.get("totalShards");
        long shards = whole(total);
        if (shards < 1) {
            total.problem("a number of shards");
            return new Shard("", 1, List.of());
        }
        List<Range> ranges = new ArrayList<>();
        for (Node range : node.get("ranges").list()) {
            range.only(Set.of("start", "end"));
            long start = whole(range.get("start"));
            long end = Math.min(whole(range.get("end")), shards);
            if (start < 0 || end < 0) {
                range.problem("whole numbers start and end, not below 0");
            } else if (start < end) {
                ranges.add(new Range(Assignments.below(start, shards, range), Assignments.below(end, shards, range)));
            }
        }
        if (ranges.isEmpty()) {
            // Nobody is in it, but without a key it is still an error.
            ranges.add(new Range(Percent.ZERO, Percent.ZERO));
        }
        return new Shard(salt == null ? "" : salt, shards, ranges);
    }

    private static long whole(Node node) {
        try {
            return node.value() instanceof FlagValue.Number number
                    ? number.value().longValueExact()
                    : -1;
        } catch (ArithmeticException e) {
            return -1;
        }
    }
}
