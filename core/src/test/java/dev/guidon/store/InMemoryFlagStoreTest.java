package dev.guidon.store;

import static dev.guidon.store.Flags.current;
import static dev.guidon.store.Flags.enabled;
import static dev.guidon.store.Flags.log;
import static dev.guidon.store.Flags.put;
import static dev.guidon.store.Flags.remove;
import static dev.guidon.store.Flags.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.evaluation.Truth;
import dev.guidon.store.VersionConflictException.Conflict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("An in-memory store")
@Timeout(30)
class InMemoryFlagStoreTest {

    @Test
    @DisplayName("is empty at revision 0 at first")
    void empty() {
        try (InMemoryFlagStore store = new InMemoryFlagStore()) {
            assertThat(store.namespace()).isEqualTo("default");
            assertThat(store.load().flags()).isEmpty();
            assertThat(store.load().revision())
                    .isEqualTo(Revision.initial(store.changes().head().epoch()));
            assertThat(store.status().available()).isTrue();
        }
    }

    @Test
    @DisplayName("begins with what it is given as its first commit, by system:start")
    void given() throws Exception {
        Definitions initial = Definitions.of(Flag.bool("a", true), Segment.of("s"));

        try (InMemoryFlagStore store = InMemoryFlagStore.builder()
                .definitions(initial)
                .namespace("test")
                .clock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .build()) {
            assertThat(store.namespace()).isEqualTo("test");
            assertThat(log(store)).singleElement().satisfies(commit -> {
                assertThat(commit.actor()).isEqualTo("system:start");
                assertThat(commit.at()).isEqualTo(Instant.EPOCH);
                assertThat(commit.edits()).hasSize(2);
            });
            assertThat(store.load().segments().get("s").version().number()).isEqualTo(1);
        }
        try (InMemoryFlagStore store = InMemoryFlagStore.of(Flag.bool("a", true))) {
            assertThat(enabled(store)).containsEntry("a", true);
        }
    }

    @Test
    @DisplayName(
            "gives a definition the number of the revision that wrote it as its version, also after it was removed")
    void versions() {
        try (InMemoryFlagStore store = InMemoryFlagStore.of(Flag.bool("a", true))) {
            store.commit(put("b", true));
            store.commit(remove(store, "a"));
            store.commit(put("a", true));

            assertThat(version(store, "a")).isEqualTo(4);
            assertThat(version(store, "b")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("refuses a change set as a whole and names everything that has moved")
    void conflicts() {
        try (InMemoryFlagStore store = InMemoryFlagStore.of(Flag.bool("a", false))) {
            Definitions before = store.load();
            Version gone = new Version(7, "gone");
            ChangeSet changeSet = ChangeSet.of(
                    "ann",
                    "why",
                    List.of(
                            new Change.Put(Flag.bool("new", true), Version.NONE),
                            new Change.Put(Flag.bool("a", true), Version.NONE),
                            new Change.Remove(DefinitionKey.flag("gone"), gone)));

            assertThatThrownBy(() -> store.commit(changeSet))
                    .asInstanceOf(type(VersionConflictException.class))
                    .extracting(VersionConflictException::conflicts)
                    .isEqualTo(List.of(
                            new Conflict(DefinitionKey.flag("a"), Version.NONE, current(store, "a")),
                            new Conflict(DefinitionKey.flag("gone"), gone, Version.NONE)));
            assertThat(store.load()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("answers a repeated change set with its first commit, as long as the log holds it")
    void repeated() {
        try (InMemoryFlagStore store = InMemoryFlagStore.builder().logLength(2).build()) {
            ChangeSet changeSet = put("a", true);
            CommittedChange first = store.commit(changeSet);

            assertThat(store.commit(changeSet)).isSameAs(first);
            store.commit(put(store, "a", false));
            store.commit(put(store, "a", true));
            assertThatThrownBy(() -> store.commit(changeSet)).isInstanceOf(VersionConflictException.class);
        }
    }

    @Test
    @DisplayName("loses no update of eight threads that count up together")
    void together() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (InMemoryFlagStore store = new InMemoryFlagStore()) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                done.add(threads.submit(() -> IntStream.range(0, 200).forEach(i -> CommittingProcess.countUp(store))));
            }
            for (Future<?> each : done) {
                each.get();
            }

            assertThat(CommittingProcess.counted(store)).isEqualTo(1600);
            assertThat(log(store)).hasSize(1600);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("knows the members of the generations that it was given, and nothing of others")
    void members() {
        try (InMemoryFlagStore store = new InMemoryFlagStore()) {
            assertThat(store.members().contains("s", "g1", "u-1")).isEqualTo(Truth.UNKNOWN);

            store.putMembers("s", "g1", Set.of("u-1"));

            assertThat(store.members().contains("s", "g1", "u-1")).isEqualTo(Truth.TRUE);
            assertThat(store.members().contains("s", "g1", "u-2")).isEqualTo(Truth.FALSE);
            assertThat(store.members().contains("s", "g2", "u-1")).isEqualTo(Truth.UNKNOWN);
            assertThat(store.members().contains("t", "g1", "u-1")).isEqualTo(Truth.UNKNOWN);
            store.removeMembers("s", "g1");
            store.removeMembers("t", "g1");
            assertThat(store.members().contains("s", "g1", "u-1")).isEqualTo(Truth.UNKNOWN);
        }
    }

    @Test
    @DisplayName("refuses everything once it is closed, and closes twice")
    void closed() {
        InMemoryFlagStore store = new InMemoryFlagStore();
        ChangeLog log = store.changes();

        store.close();
        store.close();

        assertThat(store.status().problem()).isEqualTo("the store is closed");
        assertThatThrownBy(store::load).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(() -> store.commit(put("a", true))).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(() -> log.read(Revision.NONE, 1, Duration.ZERO)).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(() -> log.retain("x", Revision.NONE)).isInstanceOf(FlagStoreException.class);
    }

    @Test
    @DisplayName("refuses a log without a length, and changes that expect a negative version")
    void refused() {
        assertThatThrownBy(() -> InMemoryFlagStore.builder().logLength(0).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Change.Remove(DefinitionKey.flag("a"), Version.NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
