package dev.guidon.redis;

import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How long and how often faults last: short in every build, in full with the profile {@code faults}. */
final class Faults {

    /** How long a server is frozen. */
    static final Duration FREEZE = Duration.ofSeconds(Integer.getInteger("guidon.faults.freeze", 5));

    /** How often each fault is made. */
    static final int REPETITIONS = Integer.getInteger("guidon.faults.repetitions", 1);

    /** How long the tests wait for what should happen by itself. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    static {
        print();
    }

    private Faults() {}

    /** The argument of tests that are to be repeated. */
    static Stream<Integer> repetitions() {
        return IntStream.rangeClosed(1, REPETITIONS).boxed();
    }

    @SuppressWarnings("SystemOut") // The build is to show what was tested.
    private static void print() {
        System.out.println(
                "faults: a freeze lasts " + FREEZE.toSeconds() + " s, each fault is made " + REPETITIONS + " times");
    }
}
