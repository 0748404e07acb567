package dev.guidon.store;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One line of the log file of a {@link FileFlagStore}. */
sealed interface LogRecord {

    /**
     * The first line: where the log begins.
     *
     * @param id a random id of this log file; another one is another file
     * @param definitions the state at its beginning
     * @param file the digest of the flag file that belongs to it
     * @param consumers who the log is kept for, and what they have reached
     */
    record Base(String id, Definitions definitions, String file, Map<String, Long> consumers) implements LogRecord {}

    /**
     * A commit.
     *
     * @param number its revision's number
     * @param changeSet the change set's id
     * @param previous the id of the change set before; empty for the first
     * @param at when
     * @param actor who
     * @param reason why; null if nobody said
     * @param edits what each definition became; null for removed
     * @param from the digest of the flag file when it was made
     * @param to the digest of the flag file after it; the same if the commit came from the file
     */
    record Commit(
            long number,
            String changeSet,
            String previous,
            Instant at,
            String actor,
            @Nullable String reason,
            Map<DefinitionKey, @Nullable Definition> edits,
            String from,
            String to)
            implements LogRecord {

        /** Copies the edits, in their order. */
        public Commit {
            edits = Collections.unmodifiableMap(new LinkedHashMap<>(edits));
        }

        static Commit of(CommittedChange entry, String from, String to) {
            Map<DefinitionKey, @Nullable Definition> edits = new LinkedHashMap<>();
            entry.edits()
                    .forEach(edit -> edits.put(
                            edit.id(),
                            edit.after() == null ? null : edit.after().definition()));
            return new Commit(
                    entry.revision().number(),
                    entry.revision().changeSet(),
                    entry.previousChangeSet(),
                    entry.at(),
                    entry.actor(),
                    entry.reason(),
                    edits,
                    from,
                    to);
        }
    }

    /**
     * The flag file agrees with the log.
     *
     * @param digest the digest of the flag file
     */
    record Written(String digest) implements LogRecord {}

    /**
     * The log is kept for a consumer.
     *
     * @param consumer its name
     * @param reached the number of the revision that it has reached
     */
    record Retain(String consumer, long reached) implements LogRecord {}

    /**
     * The log need not be kept for a consumer any more.
     *
     * @param consumer its name
     */
    record Release(String consumer) implements LogRecord {}
}
