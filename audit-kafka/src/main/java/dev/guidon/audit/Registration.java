package dev.guidon.audit;

import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.FlagStore;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the store knows of the relays to a topic: how far they have published, so that it keeps its log for them, and to which topic of that
 * name. The topic's id is a part of the consumer's name, since another topic of the same name is another trail.
 */
final class Registration {

    private static final String PREFIX = "audit-kafka:";

    private final FlagStore store;
    private final String prefix;

    /** The topic that this relay has published to, also if the store refuses to note it. */
    private @Nullable String published;

    private boolean alone;

    Registration(FlagStore store, String topic) {
        this.store = store;
        this.prefix = prefix(topic);
    }

    private static String prefix(String topic) {
        return PREFIX + topic + ":";
    }

    /** Makes the store forget all relays to a topic. */
    static void release(FlagStore store, String topic) {
        ChangeLog log = store.changes();
        names(log.retained(), prefix(topic)).forEach(log::release);
    }

    private static Set<String> names(Map<String, Long> retained, String prefix) {
        return retained.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    FlagStore store() {
        return store;
    }

    /** The ids of the topics of this name that were published to; more than one for a moment, after one was made again. */
    Set<String> topicIds() {
        Set<String> ids = names(store.changes().retained(), prefix).stream()
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (published != null) {
            ids.add(published);
        }
        return ids;
    }

    /** Remembers the topic that is published to from now on. */
    void publishes(String topicId) {
        alone &= topicId.equals(published);
        published = topicId;
    }

    /** Tells the store how far the trail in the topic that is published to is. */
    void note(Revision reached) {
        ChangeLog log = store.changes();
        String name = prefix + published;
        log.retain(name, reached);
        if (!alone) {
            names(log.retained(), prefix).stream()
                    .filter(other -> !other.equals(name))
                    .forEach(log::release);
            alone = true;
        }
    }

    /** How many revisions no relay has told the store to be in the topic; -1 if the store does not answer. */
    long lag() {
        try {
            ChangeLog log = store.changes();
            Map<String, Long> retained = log.retained();
            long head = log.head().number();
            long reached = names(retained, prefix).stream()
                    .mapToLong(name -> retained.getOrDefault(name, 0L))
                    .max()
                    .orElseGet(() -> log.base().number());
            return Math.max(0, head - reached);
        } catch (Throwable e) {
            // Whatever it is, a relay that publishes meets it too and shows it.
            return -1;
        }
    }
}
