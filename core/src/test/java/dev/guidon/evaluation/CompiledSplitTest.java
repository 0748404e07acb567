package dev.guidon.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.FlagType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

@DisplayName("A compiled split")
class CompiledSplitTest {

    private final Bucketer bucketer = new Bucketer(Assignment.BY_KEY, "split", "f", "f", Clock.systemUTC());

    @DisplayName("serves the first share that the bucket lies in, however the shares overlap, and nothing in a gap")
    @RepeatedTest(50)
    void firstShare(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<CompiledSplit.Share> shares = new ArrayList<>();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            shares.add(new CompiledSplit.Share(limit(random), limit(random), outcome("v" + i)));
        }
        Outcome missing = outcome("missing");
        CompiledSplit split = new CompiledSplit(bucketer, shares, missing);

        for (int i = 0; i < 2_000; i++) {
            EvaluationContext user = EvaluationContext.of("user-" + i);
            long bucket = bucketer.bucket(user);
            Outcome expected = null;
            for (int j = shares.size() - 1; j >= 0; j--) {
                expected = shares.get(j).has(bucket) ? shares.get(j).outcome() : expected;
            }
            assertThat(split.serve(user)).as("bucket %d of %s", bucket, shares).isSameAs(expected);
        }
        assertThat(split.serve(EvaluationContext.EMPTY)).isSameAs(missing);
    }

    /** Nobody and everybody too, and the buckets of some of the users, where an error by one would show. */
    private long limit(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> Bucketer.NOBODY;
            case 1 -> Bucketer.EVERYBODY;
            default -> bucketer.bucket(EvaluationContext.of("user-" + random.nextInt(20)));
        };
    }

    private static Outcome outcome(String variant) {
        return Outcome.of("f", FlagType.BOOLEAN, variant, null, Reason.SPLIT, null, null);
    }
}
