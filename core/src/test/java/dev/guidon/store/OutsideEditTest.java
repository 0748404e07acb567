package dev.guidon.store;

import static dev.guidon.store.Flags.current;
import static dev.guidon.store.Flags.enabled;
import static dev.guidon.store.Flags.log;
import static dev.guidon.store.Flags.put;
import static dev.guidon.store.Flags.read;
import static dev.guidon.store.Flags.version;
import static dev.guidon.store.Flags.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file store of which the file is edited by somebody else")
@Timeout(60)
class OutsideEditTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = write(directory.resolve("flags.yaml"), "flags: {a: {enabled: false}, b: {enabled: false}}");
    }

    private FileFlagStore open() {
        return FileFlagStore.builder(file).pollInterval(Duration.ofMillis(10)).open();
    }

    @Test
    @DisplayName("tells it as a commit by system:file of what has changed, and only that")
    void edited() throws Exception {
        try (FileFlagStore store = open()) {
            Revision head = store.changes().head();

            write(file, "flags: {a: {enabled: true}, c: {enabled: true}, d: {enabled: false}}");

            ChangeLog.Read read = store.changes().read(head, 10, Duration.ofSeconds(30));
            CommittedChange change = ((ChangeLog.Read.Changes) read).changes().get(0);
            assertThat(change.actor()).isEqualTo("system:file");
            assertThat(change.follows(head)).isTrue();
            assertThat(change.edits().stream().map(edit -> edit.id().key())).containsExactly("a", "c", "d", "b");
            assertThat(enabled(store)).containsOnlyKeys("a", "c", "d");
            assertThat(store.load().flags().keySet()).containsExactly("a", "c", "d");
        }
    }

    @Test
    @DisplayName("makes no commit of comments and order, and loses them when it writes")
    void comments() {
        try (FileFlagStore store = open()) {
            Revision head = store.changes().head();

            write(file, "# mine\nflags: {b: {enabled: false}, a: {enabled: false}}");

            await().untilAsserted(
                            () -> assertThat(store.load().flags().keySet()).containsExactly("b", "a"));
            assertThat(store.changes().head()).isEqualTo(head);
            store.commit(put("c", true));
            assertThat(read(file)).doesNotContain("# mine").containsSubsequence("b", "a", "c");
        }
    }

    @Test
    @DisplayName("finds an edit that was made while no process ran")
    void whileNobodyLooked() throws Exception {
        open().close();
        write(file, "flags: {a: {enabled: true}}");

        try (FileFlagStore store = open()) {
            assertThat(enabled(store)).containsOnlyKeys("a").containsEntry("a", true);
            assertThat(log(store)).hasSize(2).allMatch(change -> change.actor().equals("system:file"));
        }
    }

    @Test
    @DisplayName("takes an edit in before a commit, so that neither is lost")
    void beforeCommit() throws Exception {
        try (FileFlagStore store =
                FileFlagStore.builder(file).pollInterval(Duration.ofMillis(50)).open()) {
            Version read = current(store, "a");
            ChangeSet replacing = put(store, "b", true);
            write(file, "flags: {a: {enabled: true}, b: {enabled: false}}");

            store.commit(replacing);

            assertThat(enabled(store)).containsEntry("a", true).containsEntry("b", true);
            assertThat(log(store).stream().map(CommittedChange::actor))
                    .containsExactly("system:file", "system:file", "ann");
            assertThatThrownBy(() -> store.commit(put(Flag.bool("a", false), read)))
                    .isInstanceOf(VersionConflictException.class);
        }
    }

    @Test
    @DisplayName("keeps the last good definitions of a broken file, says once what is wrong and where, and heals")
    void broken() {
        try (LoggedLines lines = new LoggedLines();
                FileFlagStore store = open()) {
            write(file, "flags:\n  a: {enabled: true}\n  a: {enabled: false}\n");

            await().until(() -> !store.status().available());
            assertThat(store.status().problem()).startsWith(file + ":3:");
            assertThat(enabled(store)).containsOnlyKeys("a", "b");
            assertThatThrownBy(() -> store.commit(put(store, "a", true))).hasMessageStartingWith(file + ":3:");
            write(file, "flags:\n  a: {enabled: true}\n");
            await().until(() -> store.status().available());
            assertThat(enabled(store)).containsOnlyKeys("a").containsEntry("a", true);
            assertThat(lines.at(Level.WARN)).singleElement().asString().startsWith(file + ":3:");
            assertThat(lines.at(Level.INFO)).anyMatch(line -> line.startsWith("in order again"));
        }
    }

    @Test
    @DisplayName("keeps the last good definitions of a file that has gone or is empty")
    void gone() throws IOException {
        try (FileFlagStore store = open()) {
            Files.delete(file);
            await().until(() -> (file + ": not found").equals(store.status().problem()));
            assertThat(enabled(store)).containsOnlyKeys("a", "b");

            write(file, "");
            await().until(() -> String.valueOf(store.status().problem()).contains("empty file"));
            assertThat(enabled(store)).containsOnlyKeys("a", "b");

            write(file, "{}");
            await().until(() -> store.status().available());
            assertThat(enabled(store)).isEmpty();
        }
    }

    @Test
    @DisplayName("warns once of unknown fields, with their path; of what cannot be read a client warns")
    void notices() {
        try (LoggedLines lines = new LoggedLines();
                FileFlagStore store = open()) {
            write(file, "flags: {a: {enabeld: true}, b: {enabled: perhaps}}");
            await().until(() -> version(store, "b") == 2);
            write(file, "flags: {a: {enabeld: true}, b: {enabled: perhaps}, c: {enabled: true}}");
            await().until(() -> version(store, "c") == 3);

            assertThat(lines.at(Level.WARN)).singleElement().asString().contains(file.toString(), "flags.a.enabeld");
            assertThat(store.status().available()).isTrue();
        }
    }

    @Test
    @DisplayName("follows a symbolic link, also when it is switched, and writes through it")
    void links() throws IOException {
        Path one =
                write(Files.createDirectory(directory.resolve("..1")).resolve("f.yaml"), "flags: {a: {enabled: true}}");
        Path two =
                write(Files.createDirectory(directory.resolve("..2")).resolve("f.yaml"), "flags: {b: {enabled: true}}");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Path link = Files.createSymbolicLink(directory.resolve("f.yaml"), Path.of("..data/f.yaml"));

        try (FileFlagStore store =
                FileFlagStore.builder(link).pollInterval(Duration.ofMillis(10)).open()) {
            assertThat(enabled(store)).containsOnlyKeys("a");

            Path next = Files.createSymbolicLink(directory.resolve("..next"), Path.of("..2"));
            Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

            await().untilAsserted(() -> assertThat(enabled(store)).containsOnlyKeys("b"));
            store.commit(put("c", true));
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(read(two)).contains("c:");
            assertThat(read(one)).doesNotContain("c:");
            assertThat(link.resolveSibling("f.yaml.log")).exists();
        }
    }

    @Test
    @DisplayName("takes a reverted file as an edit, not as a commit that has yet to be written")
    void reverted() throws Exception {
        String before = read(file);
        try (FileFlagStore store = open()) {
            store.commit(put(store, "a", true));
            write(file, before);

            await().untilAsserted(() -> assertThat(enabled(store)).containsEntry("a", false));
            assertThat(log(store).get(2).actor()).isEqualTo("system:file");
        }
    }

    @Test
    @DisplayName("loses no edit and no commit when both go on at the same time")
    void race() throws Exception {
        write(file, "flags:\n  a: {enabled: false}\n");
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (FileFlagStore store = open()) {
            Future<Integer> commits = threads.submit(() -> {
                int made = 0;
                while (!done.get()) {
                    store.commit(put("by-store-" + made, true));
                    made++;
                }
                return made;
            });
            for (int i = 0; i < 10; i++) {
                String key = "by-hand-" + i;
                await().pollInterval(Duration.ofMillis(5)).until(() -> {
                    addByHand(key);
                    return enabled(store).containsKey(key);
                });
            }
            done.set(true);
            int made = commits.get();

            List<CommittedChange> log = log(store);
            for (int i = 1; i < log.size(); i++) {
                assertThat(log.get(i).follows(log.get(i - 1).revision())).isTrue();
            }
            long byStore =
                    log.stream().filter(change -> change.actor().equals("ann")).count();
            assertThat(byStore).isEqualTo(made);
            for (int i = 0; i < 10; i++) {
                DefinitionKey key = DefinitionKey.flag("by-hand-" + i);
                assertThat(log.stream().flatMap(change -> change.edits().stream()))
                        .anyMatch(edit -> edit.id().equals(key) && edit.before() == null);
            }
            FlagText.Content content = FlagText.of(file).parse(Files.readAllBytes(file));
            assertThat(content.definitions().flags().keySet())
                    .containsExactlyElementsOf(store.load().flags().keySet());
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
    }

    /** As an editor does: read, think, write beside, rename. */
    private void addByHand(String key) throws IOException {
        String text = read(file);
        if (!text.contains(key + ":")) {
            Path edited = directory.resolve("edited.txt");
            Files.writeString(edited, text + (text.endsWith("\n") ? "" : "\n") + "  " + key + ": {enabled: true}\n");
            Files.move(edited, file, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
