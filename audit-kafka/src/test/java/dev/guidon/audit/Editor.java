package dev.guidon.audit;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Serve;
import dev.guidon.definition.Version;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;

/** Commits changes of all kinds to a store, the same ones each time. */
final class Editor {

    private static final int FLAGS = 20;

    private final FlagStore store;
    private final Random random = new Random(42);
    private final Map<String, Flag> flags = new HashMap<>();
    private final Map<String, Version> versions = new HashMap<>();
    private int count;

    Editor(FlagStore store) {
        this.store = store;
    }

    /** Commits some change sets, most of one change, some of several. */
    void commit(int changeSets) {
        for (int i = 0; i < changeSets; i++) {
            commitNext();
        }
    }

    /** Commits a change set. */
    CommittedChange commitNext() {
        int size = random.nextInt(10) == 0 ? 3 : 1;
        Map<String, Change> changes = new HashMap<>();
        for (int i = 0; i < size; i++) {
            String key = "flag-" + random.nextInt(FLAGS);
            changes.put(key, change(key));
        }
        return commit(new ArrayList<>(changes.values()));
    }

    /** Commits a definition that is not there yet. */
    CommittedChange create(Definition definition) {
        return commit(List.of(new Change.Put(definition, Version.NONE)));
    }

    private CommittedChange commit(List<Change> changes) {
        ChangeSet changeSet = ChangeSet.of("user-" + count % 7, count % 3 == 0 ? null : "because " + count, changes);
        count++;
        CommittedChange committed = committed(changeSet);
        committed.edits().forEach(edit -> {
            if (edit.after() == null) {
                flags.remove(edit.id().key());
                versions.remove(edit.id().key());
            } else if (edit.after().definition() instanceof Flag flag) {
                flags.put(edit.id().key(), flag);
                versions.put(edit.id().key(), edit.after().version());
            }
        });
        return committed;
    }

    /** Repeats what was not answered: the change set's id makes that safe. */
    private CommittedChange committed(ChangeSet changeSet) {
        try {
            return store.commit(changeSet);
        } catch (VersionConflictException e) {
            throw e;
        } catch (FlagStoreException e) {
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsMatching(again ->
                            again instanceof FlagStoreException && !(again instanceof VersionConflictException))
                    .until(() -> store.commit(changeSet), done -> true);
        }
    }

    private Change change(String key) {
        Flag flag = flags.get(key);
        Version version = versions.getOrDefault(key, Version.NONE);
        if (flag == null) {
            return new Change.Put(Flag.bool(key, random.nextBoolean()), Version.NONE);
        }
        return switch (random.nextInt(8)) {
            case 0 -> new Change.Remove(flag.id(), version);
            case 1 -> new Change.Put(flag.withArchived(!flag.archived()), version);
            case 2 ->
                new Change.Put(flag.withFallthrough(Serve.variant(random.nextBoolean() ? Flag.ON : Flag.OFF)), version);
            default -> new Change.Put(flag.withEnabled(!flag.enabled()), version);
        };
    }

    /** Takes note of what the store holds, after it has lost something. */
    void reload() {
        flags.clear();
        versions.clear();
        store.load().flags().forEach((key, versioned) -> {
            if (versioned.definition() instanceof Flag flag) {
                flags.put(key, flag);
                versions.put(key, versioned.version());
            }
        });
    }
}
