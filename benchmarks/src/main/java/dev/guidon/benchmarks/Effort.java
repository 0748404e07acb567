package dev.guidon.benchmarks;

import dev.guidon.benchmarks.Result.Mode;
import java.util.List;

/** How much is measured: {@code quick}, in minutes, or {@code full}. */
record Effort(String name, List<Mode> modes, int rounds, int warmupMillis, int iterationMillis, boolean programs) {

    static Effort of(String name) {
        boolean full = name.equals("full");
        return new Effort(
                name,
                full ? List.of(Mode.values()) : List.of(Mode.PREBUILT),
                Integer.getInteger("bench.rounds", full ? 5 : 1),
                full ? 1_000 : 500,
                full ? 400 : 150,
                full);
    }

    /** The pairs that the goals are about take all rounds, the rest half of them. */
    int rounds(Mode mode) {
        return mode == Mode.PREBUILT ? rounds : Math.max(1, rounds / 2);
    }
}
