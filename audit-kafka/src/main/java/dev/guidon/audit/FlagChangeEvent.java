package dev.guidon.audit;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Versioned;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One record of an audit topic. Reading never fails: what cannot be read is {@link Unreadable}, and what a later version of Guidon
 * has written is {@link Other}, so that neither stops a consumer.
 *
 * <pre>{@code
 * switch (FlagChangeEvent.from(record)) {
 *     case Changed changed -> System.out.println(changed.entry().actor() + " " + changed.type() + " " + changed.id());
 *     case Break torn -> ...
 *     case Other other -> {}
 *     case Unreadable unreadable -> log.warn(unreadable.toString());
 * }
 * }</pre>
 *
 * <p>Consume with {@code isolation.level=read_committed}; otherwise records of transactions that were aborted are seen too. The format
 * of the records is described in {@code docs/audit-kafka.md}.
 */
public sealed interface FlagChangeEvent {

    /**
     * What stands in every record of the trail.
     *
     * @param namespace whose trail it is
     * @param sequence counts the records of the trail, from 1, over all partitions of the topic
     * @param predecessor the SHA-256 of the record with the sequence before, in hexadecimal; empty for the first
     * @param revision of a change, the revision that it made; of a break, the revision after which the trail goes on
     * @param at when it was committed, by the clock of the store; of a break, when it was noticed
     * @param actor who did it; {@code system:…} if nobody did
     * @param reason why; null if nobody said
     */
    record Entry(
            String namespace,
            long sequence,
            String predecessor,
            Revision revision,
            Instant at,
            String actor,
            @Nullable String reason) {}

    /**
     * A definition was changed.
     *
     * @param entry when, by whom, and where it stands
     * @param type what happened
     * @param position of this change in its change set, from 0
     * @param size how many changes the change set has
     * @param id the definition
     * @param before as it was; null if it was created. What was {@linkplain dev.guidon.definition.Malformed malformed}, or
     *     held values that are sensitive, is malformed here.
     * @param after as it is; null if it was deleted
     * @param patch what makes {@code before} into {@code after}: a JSON Merge Patch, RFC 7396; null if none does, or if one of them
     *     does not exist
     */
    record Changed(
            Entry entry,
            ChangeType type,
            int position,
            int size,
            DefinitionKey id,
            @Nullable Versioned before,
            @Nullable Versioned after,
            @Nullable String patch)
            implements FlagChangeEvent {}

    /**
     * The trail does not continue from where it was; its next change follows the entry's revision.
     *
     * @param entry where the trail goes on, and when that was noticed
     * @param cause why
     * @param from the last revision before the break; null at the beginning of a trail
     */
    record Break(Entry entry, Cause cause, @Nullable Revision from) implements FlagChangeEvent {

        /** Why a trail was broken. */
        public enum Cause {
            /**
             * The store has lost commits that it had acknowledged, or was made anew. What the trail says from
             * {@linkplain Entry#revision() the revision where it goes on} up to {@link #from()} is not in the store any more.
             */
            DIVERGED,
            /** The store's log did not hold the changes between any more. They are not in the trail. */
            GAP
        }
    }

    /**
     * A record of a kind that this version does not know.
     *
     * @param type its CloudEvents type
     * @param namespace whose trail it is; null if it does not say
     */
    record Other(String type, @Nullable String namespace) implements FlagChangeEvent {}

    /**
     * A record that cannot be read: not one of an audit trail, or damaged.
     *
     * @param topic where it stands
     * @param partition its partition; -1 if that is not known, as in a {@link FlagChangeDeserializer}
     * @param offset its offset; -1 if that is not known
     * @param problem why it cannot be read
     */
    record Unreadable(String topic, int partition, long offset, String problem) implements FlagChangeEvent {

        /** Keeps the problem on one line. */
        public Unreadable {
            problem = Shown.message(problem);
        }
    }

    /**
     * Reads a record.
     *
     * @param record a record of an audit topic, with its value as it is
     * @return what it says; never null
     */
    static FlagChangeEvent from(ConsumerRecord<?, byte[]> record) {
        return AuditRecord.of(record).event();
    }
}
