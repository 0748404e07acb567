package dev.guidon.store;

import static dev.guidon.store.Flags.enabled;
import static dev.guidon.store.Flags.log;
import static dev.guidon.store.Flags.put;
import static dev.guidon.store.Flags.read;
import static dev.guidon.store.Flags.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.definition.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A flag file that several processes use")
@Timeout(120)
class SeveralProcessesTest {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void file() {
        file = write(directory.resolve("flags.yaml"), "flags: {a: {enabled: false}}");
    }

    private FileFlagStore.Builder builder() {
        return FileFlagStore.builder(file).pollInterval(Duration.ofMillis(10));
    }

    private FileFlagStore open() {
        return builder().open();
    }

    private void assertFileAgrees(FlagStore store) throws IOException {
        assertThat(FlagText.of(file).parse(Files.readAllBytes(file)).definitions().flags().values().stream()
                        .map(each -> each.definition()))
                .containsExactlyElementsOf(store.load().flags().values().stream()
                        .map(each -> each.definition())
                        .toList());
    }

    private static String changeSet(String acknowledgement) {
        return acknowledgement.substring(0, acknowledgement.indexOf(' '));
    }

    private static void assertChain(List<CommittedChange> log) {
        for (int i = 1; i < log.size(); i++) {
            assertThat(log.get(i).follows(log.get(i - 1).revision())).isTrue();
        }
    }

    @Test
    @DisplayName("loses no acknowledged commit of a process that is killed while it commits")
    void killed() throws Exception {
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 4; round++) {
            try (CommittingProcess process = CommittingProcess.start(file, Integer.MAX_VALUE)) {
                acknowledged.addAll(process.next(5 + 7 * round));
                process.kill();
                acknowledged.addAll(process.next(Integer.MAX_VALUE));
            }

            try (FileFlagStore store = open()) {
                List<CommittedChange> log = log(store);
                assertChain(log);
                assertThat(log.stream().map(each -> each.revision().changeSet()))
                        .containsAll(acknowledged.stream()
                                .map(SeveralProcessesTest::changeSet)
                                .toList());
                assertThat(CommittingProcess.counted(store)).isEqualTo(log.size() - 1);
                assertThat(store.status().available()).isTrue();
                assertFileAgrees(store);
            }
        }
        assertThat(directory.toFile().list()).noneMatch(name -> name.contains("damaged"));
        assertThat(acknowledged).hasSizeGreaterThan(60);
    }

    @Test
    @DisplayName("loses no update of processes that count up together, while another one tails")
    void together() throws Exception {
        try (FileFlagStore store = open();
                CommittingProcess one = CommittingProcess.start(file, 40);
                CommittingProcess two = CommittingProcess.start(file, 40)) {
            List<CommittedChange> tail = new ArrayList<>();
            Revision position = store.changes().head();
            while (tail.size() < 100) {
                if (tail.size() == 50) {
                    for (int i = 0; i < 20; i++) {
                        CommittingProcess.countUp(store);
                    }
                }
                ChangeLog.Read.Changes next =
                        (ChangeLog.Read.Changes) store.changes().read(position, 1, Duration.ofSeconds(60));
                assertThat(next.changes().get(0).follows(position)).isTrue();
                position = next.changes().get(0).revision();
                tail.addAll(next.changes());
            }

            assertThat(Stream.concat(one.next(40).stream(), two.next(40).stream())
                            .map(SeveralProcessesTest::changeSet))
                    .hasSize(80)
                    .isSubsetOf(tail.stream()
                            .map(each -> each.revision().changeSet())
                            .toList());
            assertThat(CommittingProcess.counted(store)).isEqualTo(100);
            assertFileAgrees(store);
        }
    }

    @Test
    @DisplayName("keeps every acknowledged commit when the disk takes no more")
    void diskFull() throws Exception {
        List<String> lines;
        try (CommittingProcess process = CommittingProcess.start(file, Integer.MAX_VALUE, "ulimit -f 16;")) {
            lines = process.next(Integer.MAX_VALUE);
        }

        assertThat(lines.get(lines.size() - 1)).startsWith("failed").contains("File too large");
        try (FileFlagStore store = open()) {
            assertThat(log(store)).hasSize(lines.size());
            assertThat(CommittingProcess.counted(store)).isEqualTo(lines.size() - 1);
            assertFileAgrees(store);
            CommittingProcess.countUp(store);
        }
        assertThat(directory.toFile().list()).noneMatch(name -> name.contains("damaged"));
    }

    @Test
    @DisplayName("acknowledges a commit whose file cannot be written yet, says so, and writes it later")
    void fileNotWritable() throws Exception {
        try (FileFlagStore store = open()) {
            Path obstacle = Files.createDirectories(directory.resolve(".flags.yaml.tmp/x"));

            store.commit(put(store, "a", true));

            assertThat(enabled(store)).containsEntry("a", true);
            assertThat(store.status().available()).isFalse();
            assertThat(read(file)).contains("enabled: false");
            assertThatThrownBy(() -> store.commit(put(store, "a", false))).isInstanceOf(FlagStoreException.class);
            Files.delete(obstacle);
            await().until(() -> store.status().available());
            assertThat(read(file)).contains("enabled: true");
        }
    }

    @Test
    @DisplayName(
            "shows a commit to every other store that has the file open, at once when it loads and soon when it tails")
    void shown() throws Exception {
        try (FileFlagStore one = open();
                FileFlagStore two = open()) {
            Revision head = two.changes().head();
            CommittedChange commit = one.commit(put(one, "a", true));

            assertThat(two.load()).isEqualTo(one.load());
            assertThat(two.commit(new ChangeSet(
                            commit.revision().changeSet(),
                            "bob",
                            null,
                            put("x", true).changes())))
                    .isEqualTo(commit);
            assertThat(two.changes().read(head, 5, Duration.ofSeconds(10)))
                    .isEqualTo(new ChangeLog.Read.Changes(List.of(commit)));
            two.changes().retain("relay", head);
            assertThat(one.changes().retained()).containsOnlyKeys("relay");
        }
    }

    @Test
    @DisplayName("goes on with a log that another store has made shorter")
    void compactedByAnother() throws Exception {
        try (FileFlagStore one = builder().logLength(3).open();
                FileFlagStore two = builder().logLength(3).open()) {
            Revision start = two.changes().head();
            IntStream.rangeClosed(1, 120).forEach(i -> one.commit(put(one, "a", i % 2 == 0)));

            assertThat(two.load()).isEqualTo(one.load());
            assertThat(two.changes().read(start, 1, Duration.ZERO))
                    .isEqualTo(new ChangeLog.Read.Gap(
                            ChangeLog.Cause.TRIMMED, one.changes().head()));
            two.commit(put("b", true));
            assertThat(one.load()).isEqualTo(two.load());
        }
    }

    @Test
    @DisplayName("keeps its order and unknown fields for every store, whoever edits, commits or makes the log shorter")
    void arranged() {
        write(file, "flags:\n  z: {enabled: false}\n  a: {enabled: false}\nowner: me\n");
        try (FileFlagStore one = builder().logLength(3).open();
                FileFlagStore two = builder().logLength(3).open()) {
            one.commit(put("m", true));
            assertThat(two.load().flags().keySet()).containsExactly("z", "a", "m");
            write(file, read(file).replace("owner: me", "owner: you"));
            await().until(() -> one.load().extra().toString().contains("you"));
            await().until(() -> two.load().extra().toString().contains("you"));

            IntStream.rangeClosed(2, 70).forEach(i -> one.commit(put(one, "m", i % 2 == 0)));

            await().until(() -> two.load().extra().toString().contains("you"));
            two.commit(put("b", true));
            assertThat(read(file)).containsSubsequence("z:", "a:", "m:", "b:", "owner: you");
        }
    }
}
