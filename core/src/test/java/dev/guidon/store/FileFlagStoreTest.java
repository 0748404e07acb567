package dev.guidon.store;

import static dev.guidon.store.Flags.enabled;
import static dev.guidon.store.Flags.log;
import static dev.guidon.store.Flags.put;
import static dev.guidon.store.Flags.read;
import static dev.guidon.store.Flags.remove;
import static dev.guidon.store.Flags.version;
import static dev.guidon.store.Flags.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.evaluation.SegmentMembers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file store")
@Timeout(30)
class FileFlagStoreTest {

    @TempDir
    Path directory;

    private FileFlagStore.Builder builder(Path file) {
        return FileFlagStore.builder(file).pollInterval(Duration.ofMillis(10));
    }

    private Path yaml(String text) {
        return write(directory.resolve("flags.yaml"), text);
    }

    @Test
    @DisplayName("holds what the file defines, as the first commit, by system:file")
    void firstCommit() throws Exception {
        Path file = yaml("""
                flags:
                  a: {enabled: true}
                  b: {enabled: false}
                """);

        try (FileFlagStore store = builder(file).open()) {
            assertThat(store.namespace()).isEqualTo("flags");
            assertThat(enabled(store)).containsEntry("a", true).containsEntry("b", false);
            assertThat(version(store, "a")).isEqualTo(1);
            assertThat(store.status().available()).isTrue();
            ChangeLog.Read log =
                    store.changes().read(Revision.initial(store.changes().head().epoch()), 10, Duration.ZERO);
            assertThat(((ChangeLog.Read.Changes) log).changes()).singleElement().satisfies(commit -> {
                assertThat(commit.actor()).isEqualTo("system:file");
                assertThat(commit.edits()).hasSize(2);
            });
        }
    }

    @Test
    @DisplayName("takes nothing that was read before file and log were put back to a copy for what has its number now")
    void putBack() throws Exception {
        Path file = yaml("flags: {a: {enabled: false}}");
        Path log = directory.resolve("flags.yaml.log");
        builder(file).open().close();
        byte[] flags = Files.readAllBytes(file);
        byte[] history = Files.readAllBytes(log);
        CommittedChange lost;
        try (FileFlagStore store = builder(file).open()) {
            lost = store.commit(put(store, "a", true));
        }
        Files.write(log, history);
        Files.write(file, flags);

        try (FileFlagStore store = builder(file).open()) {
            CommittedChange found = store.commit(put(store, "a", true));

            assertThat(found.revision().number()).isEqualTo(lost.revision().number());
            assertThatThrownBy(() -> store.commit(put(Flag.bool("a", false), Version.of(lost.revision()))))
                    .isInstanceOf(VersionConflictException.class);
            assertThat(store.changes().read(lost.revision(), 1, Duration.ZERO))
                    .isEqualTo(new ChangeLog.Read.Gap(ChangeLog.Cause.DIVERGED, found.revision()));
        }
    }

    @Test
    @DisplayName("keeps revisions, versions, history and change set ids across a restart")
    void restart() throws Exception {
        Path file = yaml("flags: {a: {enabled: false}}");
        Definitions before;
        ChangeSet changeSet;
        CommittedChange committed;
        List<CommittedChange> history;
        try (FileFlagStore store = builder(file).open()) {
            changeSet = put(store, "a", true);
            committed = store.commit(changeSet);
            store.commit(put("b", true));
            store.commit(remove(store, "b"));
            before = store.load();
            history = log(store);
        }

        try (FileFlagStore store = builder(file).open()) {
            assertThat(store.load()).isEqualTo(before);
            assertThat(log(store)).isEqualTo(history).hasSize(4);
            assertThat(store.commit(changeSet)).isEqualTo(committed);
            assertThat(store.changes().head().number()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("writes commits to the file, in its order and with its unknown fields")
    void commitsAreWritten() {
        Path file = yaml("""
                owner: me
                flags:
                  zeta: {enabled: false, colour: blue}
                  alpha: {enabled: true}
                """);

        try (FileFlagStore store = builder(file).open()) {
            store.commit(put("zeta2", true));

            assertThat(read(file)).containsSubsequence("zeta", "colour: blue", "alpha", "zeta2", "owner: me");
            assertThat(store.load().flags().keySet()).containsExactly("zeta", "alpha", "zeta2");
            assertThat(store.load().extra().fields()).containsKey("owner");
        }
    }

    @Test
    @DisplayName("works on JSON as on YAML")
    void json() {
        Path file = write(directory.resolve("flags.json"), "{\"flags\": {\"a\": {\"enabled\": true}}}");

        try (FileFlagStore store = builder(file).open()) {
            store.commit(put(store, "a", false));
        }

        assertThat(read(file)).startsWith("{").contains("\"enabled\": false");
    }

    @Test
    @DisplayName("keeps a definition that cannot be read as it was written, and harms no other")
    void malformed() {
        Path file = yaml("""
                flags:
                  good: {enabled: true}
                  bad: {enabled: maybe,   rules: 7}
                """);

        try (FileFlagStore store = builder(file).open()) {
            store.commit(put(store, "good", false));

            assertThat(enabled(store)).containsExactlyEntriesOf(java.util.Map.of("good", false));
            assertThat(store.load().get(DefinitionKey.flag("bad")).definition()).isInstanceOf(Malformed.class);
            assertThat(version(store, "bad")).isEqualTo(1);
            assertThat(read(file)).contains("maybe").contains("7");
        }
        try (FileFlagStore store = builder(file).open()) {
            assertThat(store.changes().head().number()).isEqualTo(2);
            store.commit(put(store, "bad", true));
            assertThat(enabled(store)).containsEntry("bad", true);
        }
    }

    @Test
    @DisplayName("keeps a malformed definition's text byte for byte, in the log at least")
    void malformedText() {
        Path file = yaml("flags: {}");
        Malformed malformed = (Malformed)
                dev.guidon.json.FlagFormat.read(DefinitionKey.flag("bad"), "{ \"enabled\" :  \"yes\",, } \ud800 x");

        try (FileFlagStore store = builder(file).open()) {
            store.commit(put(malformed, Version.NONE));
        }
        try (FileFlagStore store = builder(file).open()) {
            write(file, read(file) + "# a comment\n");
            store.commit(put("good", true));

            assertThat(store.load().get(DefinitionKey.flag("bad")).definition()).isEqualTo(malformed);
            assertThat(store.changes().head().number()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("keeps the permissions of the file, and gives them to the log")
    void permissions() throws IOException {
        Path file = yaml("flags: {}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

        try (FileFlagStore store = builder(file).open()) {
            store.commit(put("a", true));
        }

        for (String name : List.of("flags.yaml", "flags.yaml.log", "flags.yaml.lock")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-rw----");
        }
    }

    @Test
    @DisplayName("refuses a file that does not exist, unless it may make it")
    void missing() {
        Path file = directory.resolve("new.yaml");

        assertThatThrownBy(() -> builder(file).open())
                .isInstanceOf(FlagStoreException.class)
                .hasMessage(file + ": not found");
        assertThat(directory).isEmptyDirectory();

        try (FileFlagStore store = builder(file).createIfMissing(true).open()) {
            store.commit(put("a", true));
        }
        try (FileFlagStore store = builder(file).createIfMissing(true).open()) {
            assertThat(enabled(store)).containsEntry("a", true);
        }
    }

    @Test
    @DisplayName("makes a missing file again from the log")
    void madeAgain() throws IOException {
        Path file = yaml("flags: {a: {enabled: true}}");
        try (FileFlagStore store = builder(file).open()) {
            store.commit(put("b", true));
        }
        Files.delete(file);

        try (FileFlagStore store = builder(file).open()) {
            assertThat(enabled(store)).containsOnlyKeys("a", "b");
            assertThat(store.status().available()).isFalse();
            assertThat(store.status().problem()).isEqualTo(file + ": not found");
            assertThatThrownBy(() -> store.commit(put("c", true))).hasMessageContaining("not found");
        }
        try (FileFlagStore store = builder(file).createIfMissing(true).open()) {
            assertThat(enabled(store)).containsOnlyKeys("a", "b");
            assertThat(store.status().available()).isTrue();
            assertThat(store.changes().head().number()).isEqualTo(2);
            assertThat(read(file)).contains("a:").contains("b:");
        }
    }

    @Test
    @DisplayName("refuses a broken file with line and column when there is no log")
    void broken() {
        Path file = yaml("flags:\n  a: {enabled: [}\n");

        assertThatThrownBy(() -> builder(file).open())
                .isInstanceOf(FlagStoreException.class)
                .hasMessageStartingWith(file + ":2:");
    }

    @Test
    @DisplayName("serves the last good definitions when the file is broken at the start and there is a log")
    void brokenWithLog() {
        Path file = yaml("flags: {a: {enabled: true}}");
        builder(file).open().close();
        write(file, "flags: {a: {enabled: [}");

        try (FileFlagStore store = builder(file).open()) {
            assertThat(enabled(store)).containsEntry("a", true);
            assertThat(store.status().available()).isFalse();
            assertThat(store.status().problem()).startsWith(file + ":1:");
            assertThatThrownBy(() -> store.commit(put("b", true)))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageStartingWith(file + ":1:");
            assertThat(read(file)).isEqualTo("flags: {a: {enabled: [}");
        }
    }

    @Test
    @DisplayName("refuses endings that it does not know, empty files, and bytes that are not UTF-8")
    void refused() throws IOException {
        assertThatThrownBy(() ->
                        builder(write(directory.resolve("flags.txt"), "x")).open())
                .hasMessageContaining("allowed: .yaml, .yml or .json");
        assertThatThrownBy(() -> builder(yaml(" \n")).open()).hasMessageContaining("found an empty file");
        Path file = directory.resolve("bytes.json");
        Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> builder(file).open()).hasMessageContaining("allowed: UTF-8");
        assertThatThrownBy(() -> builder(file).logLength(0).open()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder(file).pollInterval(Duration.ZERO).open())
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("takes instants from its clock")
    void clock() {
        Instant now = Instant.parse("2026-11-22T10:00:00.123456789Z");
        Path file = yaml("flags: {}");

        try (FileFlagStore store =
                builder(file).clock(Clock.fixed(now, ZoneOffset.UTC)).open()) {
            CommittedChange commit = store.commit(put("a", true));

            assertThat(commit.at()).isEqualTo("2026-11-22T10:00:00.123Z");
            assertThat(store.status().since()).isEqualTo(now);
        }
    }

    @Test
    @DisplayName("opened read-only, leaves the disk untouched and refuses commits")
    void readOnly() throws Exception {
        Path file = yaml("flags: {a: {enabled: true}}");

        try (FileFlagStore store =
                builder(file).readOnly(true).namespace("test").open()) {
            assertThat(store.namespace()).isEqualTo("test");
            assertThat(enabled(store)).containsEntry("a", true);
            assertThat(log(store)).hasSize(1);
            assertThatThrownBy(() -> store.commit(put("b", true)))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessage(file + " is read-only: it was opened so");
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.{log,lock}");
    }

    @Test
    @DisplayName("ends its thread and refuses everything once it is closed, and closes twice")
    void closed() {
        Path file = yaml("flags: {a: {enabled: true}}");
        FileFlagStore store = builder(file).namespace("closing").open();
        ChangeLog log = store.changes();
        assertThat(threads("guidon-file-closing")).hasSize(1);
        assertThat(store.members()).isSameAs(SegmentMembers.NONE);

        store.close();
        store.close();

        assertThat(threads("guidon-file-closing")).isEmpty();
        assertThat(store.status().problem()).isEqualTo("the store is closed");
        assertThatThrownBy(store::load).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(() -> store.commit(put("b", true))).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(log::head).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(log::retained).isInstanceOf(FlagStoreException.class);
        assertThatThrownBy(() -> log.release("x")).isInstanceOf(FlagStoreException.class);
        FileFlagStore.open(file).close();
    }

    @Test
    @DisplayName("leaves out of the log what is no longer needed, and nothing that a consumer needs")
    void compaction() throws Exception {
        Path file = yaml("flags: {a: {enabled: true}}");
        try (FileFlagStore store = builder(file).logLength(5).open()) {
            Revision start = store.changes().head();
            store.changes().retain("relay", start);
            for (int i = 1; i <= 100; i++) {
                store.commit(put(store, "a", i % 2 == 0));
            }
            assertThat(((ChangeLog.Read.Changes) store.changes().read(start, 1000, Duration.ZERO)).changes())
                    .hasSize(100);
            store.changes().retain("relay", store.changes().head());
            store.changes().retain("relay", store.changes().head());
            store.commit(put(store, "a", true));
            store.commit(put(store, "a", true));
        }
        assertThat(Files.readAllLines(directory.resolve("flags.yaml.log"))).hasSizeLessThan(20);

        try (FileFlagStore store = builder(file).logLength(5).open()) {
            assertThat(store.changes().retained()).containsExactly(java.util.Map.entry("relay", 101L));
            assertThat(version(store, "a")).isEqualTo(103);
            store.changes().release("relay");
            store.changes().release("relay");
            assertThat(store.changes().retained()).isEmpty();
            assertThat(store.commit(put(store, "a", false)).revision().number()).isEqualTo(104);
        }
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .toList();
    }
}
