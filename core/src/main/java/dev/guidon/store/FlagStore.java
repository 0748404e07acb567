package dev.guidon.store;

import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.SegmentMembers;
import org.jspecify.annotations.Nullable;

/**
 * Holds the definitions of one namespace and the log of their changes.
 *
 * <p>A store moves data: it does not judge definitions, it compares versions. All methods are safe for use by many threads.
 * A method that cannot reach the data throws {@link FlagStoreException}; every wait has a limit.
 *
 * <p>Implementations prove themselves by extending {@code dev.guidon.testkit.FlagStoreContract}.
 */
public interface FlagStore extends AutoCloseable {

    /** {@return the namespace, usually the environment, for example {@code production}} */
    String namespace();

    /**
     * What the store is and where it keeps its flags, without credentials, for example {@code redis cache.example:6379}. It is the same in
     * every process that uses these flags. A last-known-good file serves, and is replaced by, only the store that it was saved from.
     *
     * @return kind and place on one line; null if the flags end with the process, so that nothing can be saved from them. The name of the
     *     class unless overridden
     */
    default @Nullable String origin() {
        return getClass().getName();
    }

    /**
     * Reads everything, consistently at one revision.
     *
     * @return all definitions; those that cannot be read are {@link dev.guidon.definition.Malformed}
     * @throws FlagStoreException if the data cannot be reached
     */
    Definitions load();

    /**
     * Commits a change set: whole or not at all, as the next revision. Committing an id again returns the first result and
     * changes nothing, as long as the log still holds it, so that a commit without an answer can be repeated.
     *
     * @param changeSet the changes, each with the version that it expects
     * @return what was committed
     * @throws VersionConflictException if a definition does not have the expected version
     * @throws IllegalArgumentException if a definition is beyond a limit, so that it cannot be written down
     * @throws FlagStoreException if the data cannot be reached, in which case it is not known whether the commit happened, or if
     *     the store cannot be written
     */
    CommittedChange commit(ChangeSet changeSet);

    /** {@return the log of all commits} */
    ChangeLog changes();

    /** {@return the members of external segments, as far as this store keeps any} */
    SegmentMembers members();

    /** {@return how the store is; never throws, never blocks} */
    StoreStatus status();

    /** Ends all threads and connections and wakes blocked reads. Doing it again does nothing. */
    @Override
    void close();
}
