package dev.guidon;

import java.time.Duration;

/**
 * What the last attempts to read a store have shown. A store that was lost is asked for what it has, then whether it can be waited for,
 * and only then its flags are taken for fresh: what can be read once and not be followed must not come and go. Where waiting has failed
 * again and again, it has to succeed for as long as it takes later.
 */
final class Contact {

    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(1);

    private Stage stage = Stage.NONE;
    private int failedToWait;

    /** How long the next read is to wait. */
    Duration patience() {
        return switch (stage) {
            case NONE -> Duration.ZERO;
            case ANSWERS -> failedToWait > 1 ? WAIT : SHORTEST_WAIT;
            case WAITS -> WAIT;
        };
    }

    /** Whether the store has answered since it was lost. */
    boolean answers() {
        return stage != Stage.NONE;
    }

    /** Whether it could be waited for. */
    boolean waits() {
        return stage == Stage.WAITS;
    }

    /** Whether it can be waited for as long as it has to be, as far as is known. */
    boolean isProven() {
        return waits() && failedToWait == 0;
    }

    void loaded() {
        stage = stage == Stage.NONE ? Stage.ANSWERS : stage;
    }

    /** A read was as patient as it was to be. */
    void read() {
        failedToWait = waits() ? 0 : failedToWait;
        stage = stage == Stage.NONE ? Stage.ANSWERS : Stage.WAITS;
    }

    void lost() {
        failedToWait += answers() ? 1 : 0;
        stage = Stage.NONE;
    }

    private enum Stage {
        NONE,
        ANSWERS,
        WAITS
    }
}
