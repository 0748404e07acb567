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
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import dev.guidon.definition.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A file store of which the process died, or the log was harmed")
@Timeout(60)
class CrashTest {

    @TempDir
    Path directory;

    private Path file;
    private Path log;

    @BeforeEach
    void file() {
        file = write(directory.resolve("flags.yaml"), "flags: {a: {enabled: false}, b: {enabled: false}}");
        log = directory.resolve("flags.yaml.log");
    }

    private FileFlagStore open() {
        return FileFlagStore.builder(file).pollInterval(Duration.ofMillis(10)).open();
    }

    /** As it is when the process dies after the commit is in the log and before the file is written. */
    private void dieBeforeTheFileIsWritten(Function<FlagStore, ChangeSet> changeSet) throws IOException {
        String before = read(file);
        try (FileFlagStore store = open()) {
            store.commit(changeSet.apply(store));
        }
        write(file, before);
        List<String> lines = Files.readAllLines(log);
        assertThat(lines.get(lines.size() - 1)).startsWith("{\"written\"");
        Files.write(log, lines.subList(0, lines.size() - 1));
    }

    @Test
    @DisplayName("writes a commit to the file that stood only in the log")
    void unwritten() throws Exception {
        dieBeforeTheFileIsWritten(store -> put(store, "a", true));

        try (FileFlagStore store = open()) {
            assertThat(enabled(store)).containsEntry("a", true);
            assertThat(log(store)).hasSize(2);
            assertThat(read(file)).containsPattern("a:\\s+enabled: true");
        }
        try (FileFlagStore store = open()) {
            assertThat(store.changes().head().number()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("does not make a commit twice when the process died after the file was written")
    void writtenButNotNoted() throws Exception {
        try (FileFlagStore store = open()) {
            store.commit(put(store, "a", true));
        }
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(0, lines.size() - 1));

        try (FileFlagStore store = open()) {
            assertThat(store.changes().head().number()).isEqualTo(2);
            assertThat(enabled(store)).containsEntry("a", true);
        }
        assertThat(Files.readAllLines(log)).hasSize(lines.size());
    }

    @Test
    @DisplayName("keeps both a commit that stood only in the log and an edit that was made on top of the old file")
    void unwrittenAndEdited() throws Exception {
        dieBeforeTheFileIsWritten(store -> ChangeSet.of(
                "ann",
                null,
                List.of(
                        put(store, "a", true).changes().get(0),
                        put("new", true).changes().get(0),
                        remove(store, "b").changes().get(0))));
        write(file, "flags: {a: {enabled: false}, b: {enabled: false}, c: {enabled: true}}");

        try (FileFlagStore store = open()) {
            assertThat(enabled(store)).containsOnlyKeys("a", "c", "new").doesNotContainValue(false);
            assertThat(log(store).stream().map(CommittedChange::actor))
                    .containsExactly("system:file", "ann", "system:file");
            assertThat(log(store).get(2).edits())
                    .singleElement()
                    .satisfies(edit -> assertThat(edit.id().key()).isEqualTo("c"));
            assertThat(read(file)).contains("a:", "c:", "new:").doesNotContain("b:");
        }
    }

    @Test
    @DisplayName("keeps all of several commits that stood only in the log")
    void severalUnwritten() throws Exception {
        dieBeforeTheFileIsWritten(store -> put(store, "a", true));
        write(file, "flags: {a: {enabled: false}, b: {enabled: true}}");
        String edited = read(file);
        open().close();
        List<String> lines = Files.readAllLines(log);
        Files.write(log, lines.subList(0, lines.size() - 1));
        write(file, edited);

        try (FileFlagStore store = open()) {
            assertThat(enabled(store)).containsEntry("a", true).containsEntry("b", true);
            assertThat(log(store)).hasSize(3);
        }
    }

    @Test
    @DisplayName("writes the file for a process that died, while another one has it open")
    void writtenByAnother() throws Exception {
        try (FileFlagStore survivor = open()) {
            LogFile dying = new LogFile(log, file);
            LogRecord.Commit first = (LogRecord.Commit) dying.readOn().get(1);
            NextChange next =
                    NextChange.of(put(survivor, "a", true), survivor.load(), Instant.parse("2026-11-22T10:00:00Z"));
            dying.append(List.of(LogRecord.Commit.of(next.entry(), first.to(), "0".repeat(64))), true);

            await().until(() -> enabled(survivor).get("a"));
            await().untilAsserted(() -> assertThat(read(file)).contains("enabled: true"));
            assertThat(log(survivor)).hasSize(2).last().isEqualTo(next.entry());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"commit\":2,\"changeSet\":\"x", "{", "\u0000\u0000\u0000\u0000\n", "{\"written\":\"x\"}\n"})
    @DisplayName("drops a last line that was not written completely, and says so")
    void tornLine(String torn) throws Exception {
        open().close();
        Files.writeString(log, torn, StandardOpenOption.APPEND);

        try (LoggedLines lines = new LoggedLines();
                FileFlagStore store = open()) {
            assertThat(enabled(store)).containsOnlyKeys("a", "b");
            store.commit(put(store, "a", true));
            assertThat(log(store)).hasSize(2);
            assertThat(lines.at(Level.WARN)).singleElement().asString().contains("was not written completely");
        }
        try (FileFlagStore store = open()) {
            assertThat(log(store)).hasSize(2);
        }
    }

    @Test
    @DisplayName("drops a line that another process could not complete, while it is open")
    void tornByAnother() throws Exception {
        try (FileFlagStore store = open()) {
            Files.writeString(log, "{\"commit\":2,", StandardOpenOption.APPEND);
            store.commit(put(store, "a", true));
            assertThat(log(store)).hasSize(2);
        }
        try (FileFlagStore store = open()) {
            assertThat(version(store, "a")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("sets a damaged log aside, says so loudly, and begins a new epoch with what the file holds")
    void damaged() throws Exception {
        String epoch;
        try (FileFlagStore store = open()) {
            store.commit(put(store, "a", true));
            epoch = store.changes().head().epoch();
        }
        Files.writeString(log, read(log).replace("\"actor\":\"ann\"", "\"actor\":\"bob\""));

        for (int n = 1; n <= 2; n++) {
            try (LoggedLines lines = new LoggedLines();
                    FileFlagStore store = open()) {
                assertThat(lines.at(Level.ERROR))
                        .singleElement()
                        .asString()
                        .contains(log + ": at byte ", "checksum", log + ".damaged-" + n);
                assertThat(store.changes().head().epoch()).isNotEqualTo(epoch);
                assertThat(store.changes().head().number()).isEqualTo(1);
                assertThat(enabled(store)).containsEntry("a", true);
                assertThat(directory.resolve("flags.yaml.log.damaged-" + n)).exists();
                store.commit(put(store, "a", true));
            }
            Files.writeString(log, read(log).replaceFirst("\"at\":", "\"At\":"));
        }
    }

    @Test
    @DisplayName("sets a log aside of which lines are missing, or which is something else")
    void notALog() throws Exception {
        try (FileFlagStore store = open()) {
            store.commit(put(store, "a", true));
            store.commit(put(store, "a", false));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(log));
        lines.remove(2);
        Files.write(
                log,
                lines.stream().filter(line -> !line.startsWith("{\"commit\":2")).toList());
        open().close();
        assertThat(directory.resolve("flags.yaml.log.damaged-1")).exists();

        Files.writeString(log, "hello\n");
        open().close();
        assertThat(directory.resolve("flags.yaml.log.damaged-2")).hasContent("hello\n");

        List<String> good = Files.readAllLines(log);
        Files.write(log, good.subList(1, good.size()));
        open().close();
        assertThat(directory.resolve("flags.yaml.log.damaged-3")).exists();
    }

    @Test
    @DisplayName("refuses a log that a later version has written, and leaves it alone")
    void laterVersion() throws Exception {
        open().close();
        String line = read(log).lines().findFirst().orElseThrow();
        String start = line.substring(0, line.indexOf(",\"check\"")).replace("\"guidonLog\":1", "\"guidonLog\":2");
        java.util.zip.CRC32 sum = new java.util.zip.CRC32();
        sum.update(start.getBytes(StandardCharsets.UTF_8));
        String later = start + ",\"check\":\"%08x\"}%n".formatted(sum.getValue());
        Files.writeString(log, later);

        assertThatThrownBy(this::open).isInstanceOf(FlagStoreException.class).hasMessageContaining("later version");
        assertThat(read(log)).isEqualTo(later);
    }

    @Test
    @DisplayName("begins a new epoch when the log is removed, also while it is open")
    void removed() throws Exception {
        try (FileFlagStore store = open()) {
            Revision head = store.changes().head();
            Files.delete(log);

            await().until(() -> !store.changes().head().epoch().equals(head.epoch()));
            assertThat(store.changes().read(head, 1, Duration.ZERO))
                    .isEqualTo(new ChangeLog.Read.Gap(
                            ChangeLog.Cause.OTHER_EPOCH, store.changes().head()));
            assertThat(enabled(store)).containsOnlyKeys("a", "b");
            store.commit(put(store, "a", true));
        }
    }

    @Test
    @DisplayName("takes a damaged log and a broken file together for what they are: nothing to start from")
    void nothingLeft() throws Exception {
        open().close();
        Files.writeString(log, "hello\n");
        write(file, "flags: [");

        assertThatThrownBy(this::open).isInstanceOf(FlagStoreException.class).hasMessageStartingWith(file + ":1:");
    }
}
