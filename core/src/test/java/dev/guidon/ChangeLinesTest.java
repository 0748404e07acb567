package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.store.FileFlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A change that comes into force is in the log")
@Timeout(30)
class ChangeLinesTest {

    private final InMemoryFlagStore store = InMemoryFlagStore.builder()
            .namespace("production")
            .definitions(Definitions.of(Flag.bool("dark-mode", true), Flag.bool("old", true)))
            .build();
    private final FlagEditor ada = FlagEditor.of(store, "ada");
    private final ClientLog log = new ClientLog();
    private final FeatureFlags flags = FeatureFlags.of(store);

    @AfterEach
    void close() {
        flags.close();
        store.close();
        log.close();
    }

    @Test
    @DisplayName("as one line: what changed, by whom and why")
    void oneLine() {
        Revision written = ada.because("INC-42").batch(changes -> {
            changes.set("dark-mode", false);
            changes.create(Segment.of("beta"));
            changes.delete("old");
        });

        await().until(() -> changes().size() == 1);
        assertThat(changes())
                .containsExactly(
                        "INFO production changed to revision " + written
                                + " by ada: flag/dark-mode turned off, segment/beta created, flag/old removed; reason: \"INC-42\"");
    }

    @Test
    @DisplayName("as one line with the first keys and a number, if it is large")
    void large() {
        ada.batch(changes -> {
            for (int i = 0; i < 500; i++) {
                changes.set("flag-" + i, true);
            }
        });

        await().until(() -> changes().size() == 1);
        assertThat(changes().get(0))
                .endsWith("by ada: flag/flag-0 created, flag/flag-1 created, flag/flag-2 created, "
                        + "flag/flag-3 created, flag/flag-4 created and 495 more");
    }

    @Test
    @DisplayName("as a few lines, if a client has many to catch up with")
    void many() {
        FaultyStore cut = new FaultyStore(store);
        try (FeatureFlags late = FeatureFlags.builder(cut).build()) {
            cut.breakWith("down");
            await().until(() -> late.status().state() == ClientStatus.State.STALE);
            for (int i = 0; i < 100; i++) {
                ada.set("dark-mode", i % 2 == 1);
            }
            cut.repair();

            await().until(() -> changes("faulty").size() == 21);
            assertThat(changes("faulty").get(0)).matches("INFO faulty changed to revision 81@\\w+ by 80 commits");
            assertThat(changes("faulty").get(20)).contains("faulty changed to revision 101@");
        }
    }

    @Test
    @DisplayName("on its line, whatever the reason is")
    void hostile() {
        ada.because("\u202e\"\r\n2027 INFO all is well").set("a", true);

        await().until(() -> changes().size() == 1);
        assertThat(changes().get(0))
                .endsWith("by ada: flag/a created; reason: \"\\u202e\\\"\\r\\n2027 INFO all is well\"");
    }

    @Test
    @DisplayName("unless that is turned off")
    void turnedOff() throws InterruptedException {
        FaultyStore other = new FaultyStore(store);
        try (FeatureFlags quiet = FeatureFlags.builder(other).logChanges(false).build()) {
            assertThat(quiet.await(ada.set("dark-mode", false), Duration.ofSeconds(10)))
                    .isTrue();
        }

        assertThat(changes("faulty")).isEmpty();
    }

    @Test
    @DisplayName("as one warning if a flag is malformed, however often it is evaluated")
    void malformed(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("flags.yaml"), "flags: {a: {enabled: 7}, b: {enabled: true}}");
        try (ClientLog evaluation = new ClientLog(Snapshot.class);
                ClientLog files = new ClientLog(FileFlagStore.class);
                FileFlagStore broken = FileFlagStore.open(file);
                FeatureFlags some = FeatureFlags.of(broken)) {
            some.isEnabled("a");
            some.evaluate("a", EvaluationContext.of("u-1"));

            assertThat(Stream.of(log, evaluation, files).flatMap(each -> each.lines().stream()))
                    .filteredOn(line -> line.startsWith("WARN"))
                    .containsExactly("WARN flag/a in flags is malformed and answers the caller's default: "
                            + "[enabled: found the number 7; allowed: true or false]");
        }
    }

    @Test
    @DisplayName("without a warning in the life of a client whose store is in order")
    void normalLife(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("flags.yaml");
        try (ClientLog files = new ClientLog(FileFlagStore.class)) {
            for (int i = 0; i < 2; i++) {
                try (FileFlagStore fresh = FileFlagStore.builder(file)
                                .createIfMissing(true)
                                .open();
                        FeatureFlags one = FeatureFlags.builder(fresh)
                                .lastKnownGood(directory.resolve("saved.json"))
                                .build()) {
                    Revision written = FlagEditor.of(fresh, "ada").set("a", i == 0);
                    assertThat(one.await(written, Duration.ofSeconds(10))).isTrue();
                }
            }
            assertThat(files.lines()).noneMatch(line -> line.startsWith("WARN"));
        }
        assertThat(log.lines())
                .noneMatch(line -> line.startsWith("WARN"))
                .anyMatch(line -> line.endsWith("the client is closed"));
    }

    @Test
    @DisplayName("and the first commit of a namespace that did not exist is no reason for a warning")
    void firstCommit() {
        FaultyStore made = new FaultyStore(new InMemoryFlagStore());
        try (FeatureFlags first = FeatureFlags.of(made)) {
            made.replaceWith(InMemoryFlagStore.of(Flag.bool("a", true)));

            await().until(() -> first.isEnabled("a"));
        }
        assertThat(log.lines())
                .contains("INFO The first flags of faulty were loaded, revision "
                        + made.healthy().load().revision() + " is in force");
    }

    private List<String> changes() {
        return changes("production");
    }

    private List<String> changes(String namespace) {
        return log.lines().stream()
                .filter(line -> line.startsWith("INFO " + namespace + " changed to "))
                .toList();
    }
}
