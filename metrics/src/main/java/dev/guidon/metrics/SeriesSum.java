package dev.guidon.metrics;

import java.util.ArrayList;
import java.util.List;

/** What one meter shows: all series that a registry's filters have made one. It never goes down. */
final class SeriesSum {

    private final List<Series> series = new ArrayList<>();
    private long removed;

    synchronized void add(Series one) {
        series.add(one);
    }

    /** Leaves a series out, but keeps its count; tells whether none is left. */
    synchronized boolean remove(Series one) {
        if (series.remove(one)) {
            removed += one.count().sum();
        }
        return series.isEmpty();
    }

    synchronized double value() {
        long sum = removed;
        for (Series one : series) {
            sum += one.count().sum();
        }
        return sum;
    }
}
