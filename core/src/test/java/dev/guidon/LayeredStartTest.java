package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LayeredStartTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final FaultyStore store = new FaultyStore(new InMemoryFlagStore());
    private final FlagEditor editor = FlagEditor.of(store.healthy(), "test");
    private final List<FeatureFlags> opened = new ArrayList<>();
    private final List<Set<String>> changes = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(FeatureFlags::close);
        store.close();
    }

    @Test
    @DisplayName("without the store the last known good flags serve, and the status says so")
    void servesTheFile() {
        Revision saved = saveOnce();
        store.breakWith("no route to the store");

        FeatureFlags flags = build(withFile().defaults(Definitions.of(Flag.bool("a", false))));

        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.revision()).isEqualTo(saved);
        assertThat(flags.status().state()).isEqualTo(State.STALE);
        assertThat(flags.status().problem())
                .contains("last known good", saved.toString(), "saved 20", "no route to the store");
    }

    @Test
    @DisplayName("following goes on from the file by the change log, without loading all, and tells what changed")
    void continuesFromTheFile() {
        saveOnce();
        int loads = store.loads();
        editor.set("b", true);
        store.breakWith("down");
        FeatureFlags flags = build(withFile().listener(recorder()));
        assertThat(changes).containsExactly(Set.of("a"));

        store.repair();

        await().until(() -> flags.status().state() == State.READY);
        assertThat(flags.isEnabled("b")).isTrue();
        assertThat(flags.status().problem()).isNull();
        assertThat(store.loads()).isEqualTo(loads);
        await().untilAsserted(() -> assertThat(changes).containsExactly(Set.of("a"), Set.of("b")));
    }

    @Test
    @DisplayName(
            "a store that answers at the start is in force when build returns, also after a long time and with nothing new")
    void prefersTheStore() {
        saveOnce();
        assertThat(build(withFile()).status().state()).isEqualTo(State.READY);
        editor.set("a", false);
        for (int i = 0; i < 1_500; i++) {
            editor.set("b", i % 2 == 0);
        }

        FeatureFlags flags = build(withFile());

        assertThat(flags.isEnabled("a")).isFalse();
        assertThat(flags.revision()).isEqualTo(store.healthy().load().revision());
    }

    @Test
    @DisplayName("what changes while the client runs is in the file after it is closed")
    void savesChanges() throws Exception {
        FeatureFlags flags = build(withFile());
        Revision last = editor.set("a", true);
        flags.await(last, SOON);

        flags.close();

        assertThat(SavedFlags.decode(Files.readAllBytes(file())).definitions().revision())
                .isEqualTo(last);
    }

    @Test
    @DisplayName("without store and file the bundled defaults serve, until the store answers")
    void servesDefaults() {
        editor.set("a", true);
        store.breakWith("down");
        Definitions bundled = Definitions.of(Flag.bool("a", false), Flag.bool("bundled", true));

        FeatureFlags flags = build(withFile().defaults(bundled).listener(recorder()));

        assertThat(flags.isEnabled("bundled")).isTrue();
        assertThat(flags.status().state()).isEqualTo(State.STALE);
        assertThat(flags.status().problem()).contains("bundled defaults", "down");
        assertThat(file()).doesNotExist();

        store.repair();

        await().until(() -> flags.status().state() == State.READY);
        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.isEnabled("bundled")).isFalse();
        await().untilAsserted(() -> assertThat(changes).hasSize(2));
    }

    @Test
    @DisplayName("in the background: build does not wait, what is at hand serves, and the store follows")
    void startsInTheBackground() {
        saveOnce();
        store.breakWith("down");
        FeatureFlags flags = build(withFile().startMode(StartMode.background()));

        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.status().state()).isEqualTo(State.STALE);
        assertThat(flags.status().problem()).contains("last known good");

        store.repair();
        await().until(() -> flags.status().state() == State.READY);
    }

    @Test
    @DisplayName("waiting: the store's flags are in force when build returns, or else it goes on without them")
    void waits() {
        editor.set("a", true);
        assertThat(build(withFile().startMode(StartMode.waitUpTo(SOON))).isEnabled("a"))
                .isTrue();

        store.breakWith("down");
        FeatureFlags without = build(FeatureFlags.builder(store).startMode(StartMode.waitUpTo(SHORT)));

        assertThat(without.status().state()).isEqualTo(State.ERROR);
        store.repair();
        await().until(() -> without.isEnabled("a"));
    }

    @Test
    @DisplayName("failing: without the store build throws and leaves no thread behind, even if a file could serve")
    void fails() {
        saveOnce();
        assertThat(build(withFile().startMode(StartMode.failAfter(SOON))).isEnabled("a"))
                .isTrue();
        opened.forEach(FeatureFlags::close);
        store.breakWith("no route to the store");

        assertThatThrownBy(() -> build(withFile().startMode(StartMode.failAfter(SHORT))))
                .isInstanceOf(FlagStoreException.class)
                .hasMessage("the store of faulty gave no flags within 50 ms: no route to the store");

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("guidon-faulty-")));
    }

    @Test
    @DisplayName("an interrupted start goes on, or fails, at once, and the thread stays interrupted")
    void isInterrupted() {
        saveOnce();
        store.breakWith("down");

        Thread.currentThread().interrupt();
        FeatureFlags flags = build(withFile().startMode(StartMode.waitUpTo(Duration.ofDays(999_999_999))));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.status().state()).isEqualTo(State.STALE);

        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> build(withFile().startMode(StartMode.failAfter(SOON))))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageMatching(
                        "the thread was interrupted after (0 s|\\d+ ms), before the store of faulty gave flags "
                                + "\\(limit \\d+ s\\): .*");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("a wait of nothing or less is refused")
    void refusesNoWait() {
        assertThatThrownBy(() -> StartMode.waitUpTo(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit: found 0 s; allowed: more than zero");
        assertThatThrownBy(() -> StartMode.failAfter(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a store that was made anew and is empty is not followed before its first commit")
    void keepsFlagsOverAnEmptyStore() {
        Revision last = editor.set("a", true);
        FeatureFlags flags = build(withFile());
        InMemoryFlagStore empty = new InMemoryFlagStore();

        store.replaceWith(empty);

        await().until(() -> flags.status().state() == State.STALE);
        assertThat(flags.status().problem()).contains("made anew and is empty", last.toString());
        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.revision()).isEqualTo(last);

        FlagEditor.of(empty, "test").set("b", true);

        await().until(() -> flags.status().state() == State.READY);
        assertThat(flags.isEnabled("a")).isFalse();
        assertThat(flags.isEnabled("b")).isTrue();
    }

    @Test
    @DisplayName("nor is it after a restart, nor after an outage, nor if it is made anew again")
    void keepsFlagsOverAnEmptyStoreAcrossRestarts() {
        saveOnce();
        store.replaceWith(new InMemoryFlagStore());
        FeatureFlags flags = build(withFile());
        assertThat(flags.isEnabled("a")).isTrue();
        assertThat(flags.status().problem()).contains("last known good", "made anew and is empty");

        store.breakWith("down");
        await().until(() -> String.valueOf(flags.status().problem()).endsWith("down"));
        store.replaceWith(new InMemoryFlagStore());
        store.repair();
        await().until(() -> String.valueOf(flags.status().problem()).contains("made anew"));
        assertThat(flags.isEnabled("a")).isTrue();

        store.replaceWith(InMemoryFlagStore.of(Flag.bool("c", true)));
        await().until(() -> flags.isEnabled("c"));
    }

    @Test
    @DisplayName("a new and empty store is nothing special for a client that holds no flags of another")
    void followsAnEmptyStore() {
        FeatureFlags flags = build(FeatureFlags.builder(store).defaults(Definitions.of(Flag.bool("a", true))));

        assertThat(flags.status().state()).isEqualTo(State.READY);
        assertThat(flags.isEnabled("a")).isFalse();
    }

    /** Saves a state in which the flag {@code a} is on. */
    private Revision saveOnce() {
        Revision revision = editor.set("a", true);
        FeatureFlags.builder(store).lastKnownGood(file()).build().close();
        assertThat(file()).exists();
        return revision;
    }

    private FeatureFlags.Builder withFile() {
        return FeatureFlags.builder(store).lastKnownGood(file());
    }

    private Path file() {
        return folder.resolve("last-known-good.json");
    }

    private FeatureFlags build(FeatureFlags.Builder builder) {
        FeatureFlags flags = builder.build();
        opened.add(flags);
        return flags;
    }

    private FlagsListener recorder() {
        return new FlagsListener() {
            @Override
            public void flagsChanged(Revision revision, Set<String> flags) {
                changes.add(flags);
            }
        };
    }
}
