package dev.guidon.redis.figures;

import java.util.Arrays;

/** Measured times, in nanoseconds. Safe for use by many threads, except that what is moved must not grow. */
final class Samples {

    private final long[] nanos;
    private int count;
    private boolean sorted;

    Samples(int most) {
        nanos = new long[most];
    }

    synchronized void add(long each) {
        if (count < nanos.length) {
            nanos[count++] = each;
            sorted = false;
        }
    }

    /** Adds all of these to others. */
    void moveTo(Samples others) {
        int moved = count();
        for (int i = 0; i < moved; i++) {
            others.add(nanos[i]);
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized long at(double share) {
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        return count == 0 ? 0 : nanos[(int) Math.min(count - 1L, (long) (count * share))];
    }
}
