package dev.guidon.metrics;

import dev.guidon.evaluation.ErrorCode;
import dev.guidon.evaluation.Evaluation;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts evaluations by flag, variant, reason and error. Counting finds its series in a hash table without a lock and without an
 * allocation; a lock is held only to add a series. Series are found by what an evaluation says, so a new snapshot goes on with those of
 * the one before, and nothing here refers to a snapshot.
 */
final class EvaluationCounts {

    private static final int FIRST_LENGTH = 64;

    private final int most;
    private final Consumer<Series> added;
    private final Series unknown = Series.ofError(ErrorCode.FLAG_NOT_FOUND);
    private final Series notReady = Series.ofError(ErrorCode.PROVIDER_NOT_READY);
    private final Series others = Series.ofOthers();

    /** Open addressing, at most half full. What a reader does not see yet it looks for again under the lock. */
    private volatile @Nullable Series[] table = new Series[FIRST_LENGTH];

    private volatile boolean full;
    private int size;

    /**
     * An empty table.
     *
     * @param most how many series there may be; evaluations beyond are counted as others
     * @param added is told of every new series, on the thread that evaluates
     */
    EvaluationCounts(int most, Consumer<Series> added) {
        this.most = most;
        this.added = added;
        this.full = most == 0;
    }

    void count(Evaluation<?> evaluation) {
        series(evaluation).count().increment();
    }

    /** Those that are always there: of unknown flags, of the time before flags were loaded, and of what there is no room for. */
    List<Series> fixed() {
        return List.of(unknown, notReady, others);
    }

    /** Forgets series with their counts; that is for flags that are gone. */
    synchronized void removeIf(Predicate<Series> gone) {
        @Nullable Series[] kept = new Series[table.length];
        int left = 0;
        for (Series series : table) {
            if (series != null && !gone.test(series)) {
                put(kept, series);
                left++;
            }
        }
        table = kept;
        size = left;
        full = size >= most;
    }

    private Series series(Evaluation<?> evaluation) {
        ErrorCode error = evaluation.errorCode();
        if (error == ErrorCode.FLAG_NOT_FOUND) {
            return unknown;
        } else if (error == ErrorCode.PROVIDER_NOT_READY) {
            return notReady;
        }
        Series found = find(evaluation);
        return found == null ? missing(evaluation) : found;
    }

    private @Nullable Series find(Evaluation<?> evaluation) {
        @Nullable Series[] current = table;
        int hash = Series.hash(evaluation);
        for (int at = index(hash, current); ; at = (at + 1) & (current.length - 1)) {
            Series series = current[at];
            if (series == null || (series.hash() == hash && series.holds(evaluation))) {
                return series;
            }
        }
    }

    private Series missing(Evaluation<?> evaluation) {
        if (full) {
            Series found = find(evaluation);
            return found == null ? others : found;
        }
        Series fresh;
        synchronized (this) {
            Series found = find(evaluation);
            if (found != null || size >= most) {
                return found == null ? others : found;
            }
            fresh = Series.of(evaluation);
            if (2 * (size + 1) > table.length) {
                grow();
            }
            put(table, fresh);
            size++;
            full = size >= most;
        }
        added.accept(fresh);
        return fresh;
    }

    private void grow() {
        @Nullable Series[] larger = new Series[2 * table.length];
        for (Series series : table) {
            if (series != null) {
                put(larger, series);
            }
        }
        table = larger;
    }

    private static void put(@Nullable Series[] table, Series series) {
        int at = index(series.hash(), table);
        while (table[at] != null) {
            at = (at + 1) & (table.length - 1);
        }
        table[at] = series;
    }

    /** By the upper bits, which are the mixed ones; the length is a power of two. */
    private static int index(int hash, @Nullable Series[] table) {
        return hash >>> (Integer.numberOfLeadingZeros(table.length) + 1);
    }
}
