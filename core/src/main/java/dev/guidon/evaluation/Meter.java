package dev.guidon.evaluation;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the work of one evaluation. Only what can take long asks, with an estimate of its steps, each of about a nanosecond; what is
 * not allowed is UNKNOWN. A flag is evaluated without a meter until it meets something that needs one, and with one from then on, so
 * that usual flags pay nothing.
 */
final class Meter extends CompiledServe {

    /** Longer texts take a measurable time. */
    static final int SHORT = 256;

    /** Below the 10 ms that no evaluation may take. */
    private static final long BUDGET = 6_000_000;

    private static final long FREE = 20;

    /** A flag that is evaluated without a meter asks for so little only a few hundred times. */
    private static final long WITHOUT_METER = 1_000;

    private static final int LEFT = 0;
    private static final int REFUSED = 1;
    private static final int OPEN = 2;

    /** What is left, how often it was not enough, and whether an evaluation is going on. An array, which holds no class of ours. */
    private static final ThreadLocal<long[]> STATE = ThreadLocal.withInitial(() -> new long[3]);

    /** What was decided, while an evaluation is explained, which asks many times. */
    private static final ThreadLocal<Map<Object, Boolean>> DECIDED = new ThreadLocal<>();

    private final CompiledServe metered;
    private final String flagKey;
    private final Notices notices;

    Meter(CompiledServe metered, String flagKey, Notices notices) {
        this.metered = metered;
        this.flagKey = flagKey;
        this.notices = notices;
    }

    /** Thrown where an evaluation needs a meter and has none. It is repeated with one. */
    static final class Needed extends RuntimeException {
        @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace, so that throwing it takes little.
        private static final Needed ONE = new Needed();

        private static final long serialVersionUID = 1;

        private Needed() {
            super(null, null, false, false);
        }
    }

    /** Whether something may take so many steps. */
    static boolean allows(Object what, long steps) {
        if (steps <= FREE) {
            return true;
        }
        long[] state = STATE.get();
        if (state[OPEN] == 0) {
            if (steps <= WITHOUT_METER) {
                return true;
            }
            throw Needed.ONE;
        }
        Map<Object, Boolean> decided = state[OPEN] == 1 ? null : DECIDED.get();
        Boolean known = decided == null ? null : decided.get(what);
        boolean allowed = known == null ? steps <= state[LEFT] : known;
        if (!allowed) {
            state[REFUSED]++;
        } else if (known == null) {
            state[LEFT] -= steps;
        }
        if (decided != null) {
            decided.put(what, allowed);
        }
        return allowed;
    }

    @Override
    @Nullable
    Outcome serve(EvaluationContext context) {
        long[] state = STATE.get();
        if (state[OPEN] != 0) {
            return metered.serve(context);
        }
        open(state, 1);
        try {
            return metered.serve(context);
        } finally {
            state[OPEN] = 0;
            if (state[REFUSED] > 0) {
                notices.tooMuch(flagKey);
            }
        }
    }

    @Override
    boolean isComplete() {
        return true;
    }

    /** Does all that explains an evaluation with one meter, and the same decisions throughout. */
    static <T> T explaining(Supplier<T> explanation) {
        long[] state = STATE.get();
        long before = state[OPEN];
        if (before == 0) {
            open(state, 2);
        }
        DECIDED.set(new IdentityHashMap<>());
        try {
            return explanation.get();
        } finally {
            DECIDED.remove();
            state[OPEN] = before;
        }
    }

    /** How often something was not allowed. */
    static long refused() {
        return STATE.get()[REFUSED];
    }

    private static void open(long[] state, int as) {
        state[LEFT] = BUDGET;
        state[REFUSED] = 0;
        state[OPEN] = as;
    }
}
