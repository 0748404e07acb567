package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log has every commit once, in order, and can be followed. */
abstract class LogContract extends ConcurrencyContract {

    private List<CommittedChange> commits(int count) {
        List<CommittedChange> commits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commits.add(create(store, "flag-" + i));
        }
        return commits;
    }

    @Test
    @DisplayName("the log gives what was committed, in order, each commit following the one before")
    void inOrder() throws Exception {
        Revision position = beginning(store);
        List<CommittedChange> commits = commits(12);

        List<CommittedChange> log = after(another(), position);

        assertThat(log).isEqualTo(commits);
        for (CommittedChange each : log) {
            assertThat(each.follows(position)).isTrue();
            position = each.revision();
        }
        assertThat(store.changes().head()).isEqualTo(position);
    }

    @Test
    @DisplayName("the log can be read from every revision on")
    void fromEveryRevision() throws Exception {
        List<CommittedChange> commits = commits(5);

        for (int i = 0; i < 5; i++) {
            assertThat(after(store, commits.get(i).revision())).isEqualTo(commits.subList(i + 1, 5));
        }
    }

    @Test
    @DisplayName(
            "the base of a log that was not trimmed is the revision before the first commit: everything can be read after it")
    void base() throws Exception {
        assertThat(store.changes().base()).isEqualTo(store.changes().head()).isEqualTo(beginning(store));

        List<CommittedChange> commits = commits(3);

        for (FlagStore each : List.of(store, another())) {
            assertThat(each.changes().base()).isEqualTo(beginning(store));
            assertThat(after(each, each.changes().base())).isEqualTo(commits);
        }
    }

    @Test
    @DisplayName("a read gives no more commits than asked for")
    void limit() throws Exception {
        Revision start = beginning(store);
        List<CommittedChange> commits = commits(5);

        assertThat(store.changes().read(start, 1, Duration.ZERO)).isEqualTo(new Read.Changes(commits.subList(0, 1)));
        assertThat(store.changes().read(start, 3, Duration.ofMinutes(10)))
                .isEqualTo(new Read.Changes(commits.subList(0, 3)));
    }

    @Test
    @DisplayName("a read at the head gives nothing: at once if it does not wait, else when the wait ends")
    void nothingYet() throws Exception {
        Future<Read> empty = start(() -> store.changes().read(beginning(store), 10, Duration.ZERO));
        assertThat(get(empty)).isEqualTo(new Read.Changes(List.of()));
        create(store, "a");
        Revision head = store.changes().head();

        for (Duration wait : List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(50))) {
            assertThat(get(start(() -> store.changes().read(head, 10, wait)))).isEqualTo(new Read.Changes(List.of()));
        }
    }

    @Test
    @DisplayName("a waiting read is woken by the next commit, also by one on another connection")
    void woken() throws Exception {
        ChangeLog log = another().changes();
        for (int i = 0; i < 5; i++) {
            Future<Read> tail = tail(log, log.head());

            CommittedChange commit = create(store, "flag-" + i);

            assertThat(get(tail)).isEqualTo(new Read.Changes(List.of(commit)));
        }
    }

    @Test
    @DisplayName("all waiting reads are woken by one commit")
    void allWoken() throws Exception {
        Revision head = store.changes().head();
        List<Future<Read>> tails = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tails.add(tail(store.changes(), head));
        }

        CommittedChange commit = create(store, "a");

        for (Future<Read> each : tails) {
            assertThat(get(each)).isEqualTo(new Read.Changes(List.of(commit)));
        }
    }

    @Test
    @DisplayName("a waiting read can be interrupted, and the store goes on")
    void interrupted() throws Exception {
        Revision head = store.changes().head();
        Future<Boolean> read = start(() -> {
            Thread.currentThread().interrupt();
            try {
                store.changes().read(head, 10, Duration.ofMinutes(10));
                return false;
            } catch (InterruptedException e) {
                return true;
            }
        });

        assertThat(get(read)).as("InterruptedException").isTrue();
        assertThat(create(store, "a").revision().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("a commit works while others wait for it")
    void waitingDoesNotBlock() throws Exception {
        Future<Read> tail = tail(store.changes(), store.changes().head());

        CommittedChange commit = get(start(() -> create(store, "a")));

        assertThat(get(tail)).isEqualTo(new Read.Changes(List.of(commit)));
        assertThat(get(start(() -> store.load().revision()))).isEqualTo(commit.revision());
    }

    @Test
    @DisplayName("a reader from another epoch is told so")
    void otherEpoch() throws Exception {
        create(store, "a");
        Revision head = store.changes().head();

        for (Revision other : List.of(Revision.NONE, new Revision("another", 1, head.changeSet()))) {
            assertThat(store.changes().read(other, 10, Duration.ofMinutes(10)))
                    .isEqualTo(new Read.Gap(Cause.OTHER_EPOCH, head));
        }
    }

    @Test
    @DisplayName("a reader that has seen what the store does not have is told so")
    void diverged() throws Exception {
        create(store, "a");
        create(store, "b");
        Revision head = store.changes().head();

        for (Revision seen : List.of(
                new Revision(head.epoch(), 1, "other"),
                new Revision(head.epoch(), 2, "other"),
                new Revision(head.epoch(), 3, "lost"))) {
            assertThat(store.changes().read(seen, 10, Duration.ofMinutes(10)))
                    .as("after %s", seen)
                    .isEqualTo(new Read.Gap(Cause.DIVERGED, head));
        }
    }

    @Test
    @DisplayName("a read of no commits is refused")
    void noLimit() {
        assertThatThrownBy(() -> store.changes().read(beginning(store), 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("following gives the same commits as reading, with what each definition is now")
    void followed() throws Exception {
        Revision start = beginning(store);
        CommittedChange first = create(store, "a");
        store.commit(set(put(Flag.bool("a", false), first), put(Flag.bool("b", true))));
        store.commit(set(remove("b", stored(store, DefinitionKey.flag("b")).version())));

        for (FlagStore each : List.of(store, another())) {
            Read followed = each.changes().follow(start, 10, Duration.ZERO);
            Read read = each.changes().read(start, 10, Duration.ZERO);

            assertThat(now(followed)).hasSize(3).isEqualTo(now(read));
        }
    }

    private static List<CommittedChange> now(Read read) {
        return ((Read.Changes) read)
                .changes().stream()
                        .map(change -> new CommittedChange(
                                change.revision(),
                                change.previousChangeSet(),
                                change.at(),
                                change.actor(),
                                change.reason(),
                                change.edits().stream()
                                        .map(edit -> new CommittedChange.Edit(edit.id(), null, edit.after()))
                                        .toList()))
                        .toList();
    }
}
