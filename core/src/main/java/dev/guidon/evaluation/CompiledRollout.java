package dev.guidon.evaluation;

import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Rollout;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** A compiled rollout. */
final class CompiledRollout {

    private static final Instant[] NO_STEPS = {};

    private final Bucketer bucketer;
    private final WhenMissing whenMissing;
    private final Clock clock;
    private final Instant[] steps;
    private final long[] limits;

    CompiledRollout(Rollout rollout, Bucketer bucketer, Clock clock) {
        this.bucketer = bucketer;
        this.whenMissing = bucketer.whenMissing(WhenMissing.SKIP);
        this.clock = clock;
        if (rollout instanceof Rollout.Ramp ramp) {
            List<Rollout.Step> definitions = ramp.steps();
            this.steps = definitions.stream().map(Rollout.Step::at).toArray(Instant[]::new);
            this.limits = definitions.stream()
                    .mapToLong(step -> bucketer.limit(step.percent()))
                    .toArray();
        } else {
            this.steps = NO_STEPS;
            this.limits = new long[] {bucketer.limit(((Rollout.Fixed) rollout).percent())};
        }
    }

    Bucketer bucketer() {
        return bucketer;
    }

    WhenMissing whenMissing() {
        return whenMissing;
    }

    /** Whether a bucket is included now; a missing value only if it stands for the lowest bucket. */
    boolean includes(long bucket) {
        long limit = limit();
        if (bucket == Bucketer.MISSING) {
            return whenMissing == WhenMissing.FIRST && limit != Bucketer.NOBODY;
        }
        return bucket < limit;
    }

    /** The limit in force. */
    long limit() {
        if (steps.length == 0) {
            return limits[0];
        }
        Instant now = clock.instant();
        long limit = Bucketer.NOBODY;
        for (int i = 0; i < steps.length && !steps[i].isAfter(now); i++) {
            limit = limits[i];
        }
        return limit;
    }
}
