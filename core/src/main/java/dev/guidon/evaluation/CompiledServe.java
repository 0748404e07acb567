package dev.guidon.evaluation;

import java.util.List;
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
    record Share(long from, long to, Outcome outcome) {}

    /** The first share that the bucket lies in. */
    record Split(
            Bucketer bucketer, List<Share> shares, @Nullable Outcome missing) implements CompiledServe {
        @Override
        public @Nullable Outcome serve(EvaluationContext context) {
            long bucket = bucketer.bucket(context);
            if (bucket == Bucketer.MISSING) {
                return missing;
            }
            for (int i = 0; i < shares.size(); i++) {
                Share share = shares.get(i);
                if (bucket < share.to && bucket >= share.from) {
                    return share.outcome;
                }
            }
            return null;
        }
    }
}
