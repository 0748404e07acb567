package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Versioned;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.VersionConflictException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Many threads and connections see one history. */
abstract class ConcurrencyContract extends CommitContract {

    private static final int WRITERS = 8;

    /** Half of the writers work on the test's store, half on another connection. */
    private List<FlagStore> writers() throws Exception {
        FlagStore other = another();
        List<FlagStore> writers = new ArrayList<>(Collections.nCopies(WRITERS / 2, store));
        writers.addAll(Collections.nCopies(WRITERS / 2, other));
        return writers;
    }

    private static long increment(FlagStore store, String... flags) throws InterruptedException {
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException("the test is over");
            }
            Definitions now = store.load();
            try {
                List<Change> changes = new ArrayList<>();
                for (String flag : flags) {
                    Versioned found = now.flags().get(flag);
                    changes.add(put(number(flag, number(found) + 1), version(found)));
                }
                return store.commit(ChangeSet.of("ann", null, changes))
                        .revision()
                        .number();
            } catch (VersionConflictException e) {
                // Another writer was faster.
            }
        }
    }

    private List<Callable<Long>> incrementing(int times, String... flags) throws Exception {
        List<Callable<Long>> work = new ArrayList<>();
        for (FlagStore writer : writers()) {
            work.add(() -> {
                long last = 0;
                for (int i = 0; i < times; i++) {
                    last = increment(writer, flags);
                }
                return last;
            });
        }
        return work;
    }

    @Test
    @DisplayName("no update of concurrent writers is lost")
    void noUpdateIsLost() throws Exception {
        together(incrementing(updatesPerWriter(), "counter"));

        assertThat(number(store.load().flags().get("counter"))).isEqualTo((long) WRITERS * updatesPerWriter());
        assertThat(store.load().revision().number()).isEqualTo((long) WRITERS * updatesPerWriter());
    }

    @Test
    @DisplayName("of all who create the same definition at the same time, one does")
    void oneCreates() throws Exception {
        List<Callable<Boolean>> work = new ArrayList<>();
        for (FlagStore writer : writers()) {
            work.add(() -> {
                try {
                    create(writer, "a");
                    return true;
                } catch (VersionConflictException e) {
                    return false;
                }
            });
        }

        assertThat(together(work)).containsOnlyOnce(true);
        assertThat(store.load().revision().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("a change set that several commit at the same time is committed once, and all are told the same")
    void committedOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            ChangeSet changeSet = set(put(number("flag-" + i, i)));
            List<Callable<CommittedChange>> work = new ArrayList<>();
            writers().forEach(writer -> work.add(() -> writer.commit(changeSet)));

            assertThat(together(work))
                    .containsOnly(after(store, beginning(store)).get(i));
            assertThat(store.load().revision().number()).isEqualTo(i + 1);
        }
    }

    @Test
    @DisplayName("what is loaded while commits run is one revision: flags that change together are equal")
    void loadIsConsistent() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Long>> readers = new ArrayList<>();
        for (FlagStore reader : List.of(store, another())) {
            readers.add(start(() -> {
                long seen = 0;
                long last = 0;
                while (!done.get()) {
                    Definitions loaded = reader.load();
                    assertThat(number(loaded.flags().get("one")))
                            .as("both flags at %s", loaded.revision())
                            .isEqualTo(number(loaded.flags().get("two")))
                            .isEqualTo(loaded.revision().number());
                    assertThat(loaded.revision().number()).isGreaterThanOrEqualTo(last);
                    seen += loaded.revision().number() > last ? 1 : 0;
                    last = loaded.revision().number();
                }
                return seen;
            }));
        }
        try {
            together(incrementing(Math.min(20, updatesPerWriter()), "one", "two"));
        } finally {
            done.set(true);
        }
        for (Future<Long> reader : readers) {
            get(reader);
        }
    }

    @Test
    @DisplayName("a commit is in every load that begins after it was acknowledged, on every connection")
    void loadIsFresh() throws Exception {
        FlagStore other = another();
        for (int i = 0; i < Math.min(50, updatesPerWriter()); i++) {
            CommittedChange commit = create(store, "flag-" + i);

            assertThat(other.load().revision()).isEqualTo(commit.revision());
            assertThat(other.changes().head()).isEqualTo(commit.revision());
        }
    }

    @Test
    @DisplayName("who tails the log while commits run gets every one once, in order, and arrives at what is loaded")
    void tailArrives() throws Exception {
        int commits = WRITERS * Math.min(20, updatesPerWriter());
        FlagStore other = another();
        Future<Map<DefinitionKey, Versioned>> tail = start(() -> {
            Map<DefinitionKey, Versioned> state = new HashMap<>();
            Revision position = beginning(other);
            while (position.number() < commits) {
                Read read = other.changes().read(position, 7, Duration.ofMinutes(10));
                assertThat(read).isInstanceOf(Read.Changes.class);
                for (CommittedChange change : ((Read.Changes) read).changes()) {
                    assertThat(change.follows(position))
                            .as("%s follows %s", change.revision(), position)
                            .isTrue();
                    position = change.revision();
                    for (CommittedChange.Edit edit : change.edits()) {
                        assertThat(state.get(edit.id())).isEqualTo(edit.before());
                        if (edit.after() == null) {
                            state.remove(edit.id());
                        } else {
                            state.put(edit.id(), edit.after());
                        }
                    }
                }
            }
            return state;
        });

        together(incrementing(commits / WRITERS, "counter"));

        assertThat(get(tail))
                .containsOnly(Map.entry(
                        DefinitionKey.flag("counter"), store.load().flags().get("counter")));
    }
}
