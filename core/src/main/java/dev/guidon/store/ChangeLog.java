package dev.guidon.store;

import dev.guidon.definition.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** All commits of a namespace in order, as far back as the store keeps them. Safe for use by many threads. */
public interface ChangeLog {

    /**
     * The newest revision.
     *
     * @return the revision of the last commit; number 0 before the first
     * @throws FlagStoreException if the data cannot be reached
     */
    Revision head();

    /**
     * The oldest revision that the log can be read after: the one before the first commit that it still holds. Who begins with
     * {@code read(base(), ...)} gets everything that is kept. The log may be trimmed in between: then that read gives a
     * {@link Read.Gap} of {@link Cause#TRIMMED}, and the base has to be asked for again.
     *
     * @return the revision before the first commit that is kept; equal to {@link #head()} if none is; number 0 if none was trimmed
     * @throws FlagStoreException if the data cannot be reached or the store is closed
     */
    Revision base();

    /**
     * Reads the commits that follow a revision, waiting for the first one if there is none yet.
     *
     * @param after the last revision that the reader knows
     * @param limit how many commits at most, at least 1
     * @param wait how long to wait for the first; zero to return at once
     * @return the commits, none if the wait ended; or a {@link Read.Gap} if the log does not continue from {@code after}
     * @throws FlagStoreException if the data cannot be reached or the store is closed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    Read read(Revision after, int limit, Duration wait) throws InterruptedException;

    /**
     * Reads as {@link #read} does, for whoever only wants to know what definitions are now. What they were before may be missing, so
     * that it need not be sent: {@link CommittedChange.Edit#before()} says nothing here.
     *
     * @param after the last revision that the reader knows
     * @param limit how many commits at most, at least 1
     * @param wait how long to wait for the first; zero to return at once
     * @return as of {@link #read}
     * @throws FlagStoreException if the data cannot be reached or the store is closed
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    default Read follow(Revision after, int limit, Duration wait) throws InterruptedException {
        return read(after, limit, wait);
    }

    /**
     * Keeps the log for a consumer: what comes after the revision that it has reached is not trimmed, unless the store was told to
     * drop what is beyond a limit. Calling it again moves the consumer, usually forward. What was trimmed before does not come back.
     *
     * @param consumer the consumer's name; not blank
     * @param reached the last revision that it no longer needs
     * @throws FlagStoreException if the data cannot be reached, or if the revision is of another epoch or diverged, in which case
     *     nothing has changed
     */
    void retain(String consumer, Revision reached);

    /**
     * Forgets a consumer, so that the log need not be kept for it. Does nothing if it is not known.
     *
     * @param consumer the consumer's name
     * @throws FlagStoreException if the data cannot be reached
     */
    void release(String consumer);

    /**
     * The consumers that the log is kept for.
     *
     * @return each consumer's name and the number of the revision that it has reached
     * @throws FlagStoreException if the data cannot be reached
     */
    Map<String, Long> retained();

    /** What reading the log gave. */
    sealed interface Read {

        /**
         * The log continues.
         *
         * @param changes the next commits in order; empty if there are none yet
         */
        record Changes(List<CommittedChange> changes) implements Read {
            /** Copies the list. */
            public Changes {
                changes = List.copyOf(changes);
            }
        }

        /**
         * The log does not continue from where the reader is: it has to load everything.
         *
         * @param cause why
         * @param head the newest revision of the store
         */
        record Gap(Cause cause, Revision head) implements Read {}
    }

    /** Why a log does not continue from a revision. */
    enum Cause {
        /** The commits after it are no longer kept. */
        TRIMMED,
        /** The store has another commit at that number, or none yet: it lost commits that the reader has seen. */
        DIVERGED,
        /** The store was made anew. */
        OTHER_EPOCH
    }
}
