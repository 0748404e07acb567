package dev.guidon.evaluation;

import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a rule or the fallthrough serves. */
interface CompiledServe {

    /** The outcome for a context; null in a gap, or where a missing value is to be skipped. */
    @Nullable
    Outcome serve(EvaluationContext context);

    /** One outcome for everybody. */
    record One(Outcome outcome) implements CompiledServe {
        @Override
        public Outcome serve(EvaluationContext context) {
            return outcome;
        }
    }

    /** A share has the buckets of {@code [from, to)}. */
    record Share(long from, long to, Outcome outcome) {
        boolean has(long bucket) {
            return bucket < to && bucket >= from;
        }
    }

    /**
     * The first share that the bucket lies in. To find it without guessing, all buckets are cut where a share begins or ends: the
     * number of limits that a bucket is not below is the index of its outcome, which is null in a gap.
     */
    final class Split implements CompiledServe {

        private final Bucketer bucketer;
        private final List<Share> shares;
        private final long[] limits;
        private final @Nullable Outcome[] outcomes;
        private final @Nullable Outcome missing;

        Split(Bucketer bucketer, List<Share> shares, @Nullable Outcome missing) {
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
        public @Nullable Outcome serve(EvaluationContext context) {
            long bucket = bucketer.bucket(context);
            if (bucket == Bucketer.MISSING) {
                return missing;
            }
            int index = 0;
            for (long limit : limits) {
                index += (int) (1 + ((bucket - limit) >> 63)); // Nobody can predict who is below: no branch.
            }
            return outcomes[index];
        }
    }
}
