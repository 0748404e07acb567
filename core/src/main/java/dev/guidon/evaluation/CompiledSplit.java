package dev.guidon.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The first share that the bucket lies in. To find it without guessing, all buckets are cut where a share begins or ends: the
 * number of limits that a bucket is not below is the index of its outcome, which is null in a gap.
 */
final class CompiledSplit extends CompiledServe {

    private final Bucketer bucketer;
    private final List<Share> shares;
    private final long[] limits;
    private final @Nullable Outcome[] outcomes;
    private final @Nullable Outcome missing;

    CompiledSplit(Bucketer bucketer, List<Share> shares, @Nullable Outcome missing) {
        this.bucketer = bucketer;
        this.shares = List.copyOf(shares);
        this.limits = shares.stream()
                .flatMapToLong(share -> LongStream.of(share.from, share.to))
                .filter(limit -> limit != Bucketer.NOBODY && limit != Bucketer.EVERYBODY)
                .sorted()
                .distinct()
                .toArray();
        this.outcomes = new @Nullable Outcome[limits.length + 1];
        for (int i = 0; i < outcomes.length; i++) {
            long bucket = i == 0 ? Bucketer.NOBODY : limits[i - 1];
            outcomes[i] = shares.stream()
                    .filter(share -> share.has(bucket))
                    .map(Share::outcome)
                    .findFirst()
                    .orElse(null);
        }
        this.missing = missing;
    }

    Bucketer bucketer() {
        return bucketer;
    }

    List<Share> shares() {
        return shares;
    }

    @Override
    @Nullable
    Outcome serve(EvaluationContext context) {
        long bucket = bucketer.bucket(context);
        if (bucket == Bucketer.MISSING) {
            return missing;
        }
        // A binary search that adds what it skips without a branch, since nobody can predict who is below.
        int index = 0;
        for (int left = limits.length; left > 0; ) {
            int half = (left + 1) >> 1;
            long below = (bucket - limits[index + half - 1]) >> 63;
            index += half & ~(int) below;
            left -= half;
        }
        return outcomes[index];
    }

    @Override
    boolean isComplete() {
        return missing != null && Arrays.stream(outcomes).allMatch(Objects::nonNull);
    }

    /** A share has the buckets of {@code [from, to)}. */
    record Share(long from, long to, Outcome outcome) {
        boolean has(long bucket) {
            return bucket < to && bucket >= from;
        }
    }
}
