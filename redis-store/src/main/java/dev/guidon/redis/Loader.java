package dev.guidon.redis;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.guard.GuardedLog;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Loads everything at one revision without locking anybody out: first the revision, then the definitions, which may be newer, then the
 * log from that revision on, which says for everything that has changed meanwhile what it is now.
 */
final class Loader {

    private static final GuardedLog LOG = GuardedLog.of(RedisFlagStore.class);
    private static final int ATTEMPTS = 5;

    /** A log that is longer than this costs more than the list of versions. */
    private static final int MOST_COMMITS = 200;

    private static final int MOST_SHOWN = 10;

    private final Redis redis;
    private final Meta meta;
    private final LogPages pages;
    private final Bodies bodies;
    private volatile WeakReference<Definitions> last = new WeakReference<>(null);
    private volatile Set<DefinitionKey> reported = Set.of();

    Loader(Redis redis, Meta meta, LogPages pages, Bodies bodies) {
        this.redis = redis;
        this.meta = meta;
        this.pages = pages;
        this.bodies = bodies;
        meta.examine(this::examine);
    }

    Definitions load() {
        return redis.call(link -> {
            Revision first = meta.read(link);
            for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                Definitions loaded = attempt(link, attempt == ATTEMPTS);
                if (loaded != null) {
                    last = new WeakReference<>(meta.lostDefinitions() == null ? loaded : null);
                    return loaded;
                }
            }
            throw new FlagStoreException(
                    meta.read(link).equals(first)
                            ? "the log of changes in " + redis.describe() + " does not continue from revision " + first
                                    + ", which its metadata name: one of them was changed by hand"
                            : "the definitions moved faster than they could be loaded from " + redis.describe());
        });
    }

    private @Nullable Definitions attempt(Link link, boolean finalAttempt) {
        Meta.State state = meta.state(link);
        Revision head = state.revision();
        Definitions known = last.get();
        if (known != null && known.revision().equals(head)) {
            return known;
        }
        if (known != null && isShortBefore(known.revision(), head)) {
            Definitions forwarded = rolledForward(link, known, new HashSet<>());
            if (forwarded != null && forwarded.revision().number() >= head.number()) {
                return forwarded;
            }
        }
        Map<DefinitionKey, Bodies.Found> found = bodies.read(link);
        meta.lostDefinitions(lost(link, state, found));
        Set<DefinitionKey> doubtful = new HashSet<>();
        found.forEach((id, one) -> {
            if (!one.matches()) {
                doubtful.add(id);
            }
        });
        Definitions loaded = rolledForward(link, definitions(head, found), doubtful);
        return loaded == null || !(doubtful.isEmpty() || finalAttempt || isStrange(doubtful)) ? null : loaded;
    }

    private void examine(Link link) {
        Meta.State state = meta.state(link);
        meta.lostDefinitions(lost(link, state, bodies.read(link)));
    }

    /** What is lost of the definitions; null if nothing. What has lost its version only is added, as it stands. */
    private @Nullable String lost(Link link, Meta.State state, Map<DefinitionKey, Bodies.Found> found) {
        long flags = state.flags() - count(found, DefinitionKey.Kind.FLAG);
        long segments = state.segments() - count(found, DefinitionKey.Kind.SEGMENT);
        Set<DefinitionKey> withoutBody = ids(found, Bodies.Found::isMissing);
        if (flags <= 0 && segments <= 0 && withoutBody.isEmpty()) {
            return null;
        }
        if (!meta.read(link).equals(state.revision())) {
            return meta.lostDefinitions();
        }
        found.putAll(bodies.unlisted(link, found.keySet()));
        Set<DefinitionKey> withoutVersion = ids(found, one -> one.version().equals(Version.NONE) && !one.isMissing());
        long gone = Math.max(0, flags) + Math.max(0, segments) - withoutVersion.size();
        List<String> texts = new ArrayList<>();
        if (!withoutVersion.isEmpty()) {
            texts.add("the versions of " + shown(withoutVersion));
        }
        if (!withoutBody.isEmpty()) {
            texts.add("the bodies of " + shown(withoutBody));
        }
        if (gone > 0) {
            texts.add(gone + (gone == 1 ? " definition" : " definitions") + " as a whole");
        }
        return meta.lost(String.join(", ", texts));
    }

    private static long count(Map<DefinitionKey, Bodies.Found> found, DefinitionKey.Kind kind) {
        return ids(found, one -> !one.version().equals(Version.NONE)).stream()
                .filter(id -> id.kind() == kind)
                .count();
    }

    private static Set<DefinitionKey> ids(Map<DefinitionKey, Bodies.Found> found, Predicate<Bodies.Found> which) {
        Set<DefinitionKey> ids = new TreeSet<>(found.keySet());
        ids.removeIf(id -> !which.test(found.get(id)));
        return ids;
    }

    private static String shown(Set<DefinitionKey> ids) {
        String some =
                ids.stream().limit(MOST_SHOWN).map(DefinitionKey::toString).collect(Collectors.joining(", "));
        return ids.size() > MOST_SHOWN ? some + " and " + (ids.size() - MOST_SHOWN) + " more" : some;
    }

    /** Applies what the log has after a revision; null if it does not go on from there. What is applied is beyond doubt. */
    private @Nullable Definitions rolledForward(Link link, Definitions from, Set<DefinitionKey> doubtful) {
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        Revision position = from.revision();
        List<CommittedChange> following;
        do {
            LogPage page = pages.read(link, position.number(), MOST_COMMITS, false);
            following = page == null ? List.of() : page.following(position);
            boolean whole = page != null && page.follows(position);
            boolean foreign = page != null && !page.diverges(position);
            for (CommittedChange change : following) {
                position = change.revision();
                change.edits().forEach(edit -> changed.put(edit.id(), edit.after()));
            }
            // Behind the newest revision there is nothing but what others have put there.
            if (!whole && !(foreign && meta.read(link).equals(position))) {
                return null;
            }
        } while (following.size() == MOST_COMMITS);
        doubtful.removeAll(changed.keySet());
        return changed.isEmpty() ? from : from.with(position, changed);
    }

    /** Bodies that twice were not what their digests say were not written by a commit; they count as they stand. */
    private boolean isStrange(Set<DefinitionKey> doubtful) {
        if (reported.containsAll(doubtful)) {
            return true;
        }
        LOG.warn("Not written by a commit, taken as they stand in {}: {}", redis.describe(), doubtful);
        reported = Set.copyOf(doubtful);
        return false;
    }

    private static boolean isShortBefore(Revision known, Revision head) {
        long commits = head.number() - known.number();
        return known.epoch().equals(head.epoch()) && commits > 0 && commits <= MOST_COMMITS;
    }

    private static Definitions definitions(Revision revision, Map<DefinitionKey, Bodies.Found> found) {
        Map<String, Versioned> flags = new LinkedHashMap<>();
        Map<String, Versioned> segments = new LinkedHashMap<>();
        found.forEach((id, one) -> {
            Definition definition = one.definition();
            (id.kind() == DefinitionKey.Kind.FLAG ? flags : segments)
                    .put(id.key(), new Versioned(definition, one.version()));
        });
        return new Definitions(revision, flags, segments, Extra.NONE);
    }
}
