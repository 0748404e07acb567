package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.SavedFlags.Source;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LastKnownGoodTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2027-01-31T12:00:00Z"), ZoneOffset.UTC);

    private static final Source SOURCE = new Source("redis cache:6379", "test");

    @TempDir
    Path folder;

    private final ClientLog log = new ClientLog();

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    @DisplayName("the newest flags are in the file when it is closed, in a folder made for it, and for its owner alone")
    void saves() throws Exception {
        Path file = folder.resolve("made/for/it/flags.json");
        LastKnownGood saver = saver(file);

        for (int number = 1; number <= 100; number++) {
            saver.save(state(number));
        }
        saver.close();

        assertThat(saved(file)).isEqualTo(new SavedFlags(SOURCE, NOON.instant(), state(100)));
        assertThat(file.getParent().toFile().list()).containsExactly("flags.json");
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("guidon-test-last-known-good"));
    }

    @Test
    @DisplayName("the file is left alone if it holds that revision already")
    void savesOnce() throws Exception {
        Path file = folder.resolve("flags.json");
        saveAndClose(file, 7);
        LastKnownGood again = saver(file);
        assertThat(again.load()).isNotNull();
        byte[] before = Files.readAllBytes(file);
        Object key = Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();

        again.save(state(7));
        again.close();

        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(key);
    }

    @Test
    @DisplayName("a file that is of no use is ignored with one warning that names it and the reason, and is replaced")
    void ignoresWhatIsOfNoUse() throws Exception {
        saveAndClose(folder.resolve("whole.json"), 1);
        String whole = Files.readString(folder.resolve("whole.json"));

        expectIgnored(Files.writeString(folder.resolve("empty"), ""), "does not begin like");
        expectIgnored(Files.writeString(folder.resolve("yaml"), "flags: {}"), "does not begin like");
        expectIgnored(Files.writeString(folder.resolve("cut"), whole.substring(0, 200)), "not complete");
        expectIgnored(
                Files.writeString(folder.resolve("edited"), whole.replace("\"enabled\": true", "\"enabled\":false")),
                "checksum");
        expectIgnored(Files.writeString(folder.resolve("later"), whole.replace("Good\": 1", "Good\": 2")), "format 2");
        expectIgnored(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0}), "UTF-8");
        Path large = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
            sparse.setLength(LastKnownGood.MOST_BYTES + 1L);
        }
        expectIgnored(large, "too large");
        expectIgnored(
                Files.writeString(folder.resolve("former"), whole.replace("  \"store\": \"redis cache:6379\",\n", "")),
                "checksum");
    }

    @ParameterizedTest
    @CsvSource({"redis cache:6379,staging", "redis other:6379,test", "file /srv/flags.yaml,test"})
    @DisplayName("a file of another store or namespace does not serve and is not replaced until it is removed")
    void keepsWhatIsOfAnother(String store, String namespace) throws Exception {
        Path file = folder.resolve("flags.json");
        Source other = new Source(store, namespace);
        saveAndClose(file, 1);
        byte[] before = Files.readAllBytes(file);
        LastKnownGood saver = new LastKnownGood(file, other, NOON);

        assertThat(saver.load()).isNull();
        saver.save(state("of another history", 9));
        await().until(() -> log.lines().size() == 2);

        assertThat(log.lines().get(0))
                .startsWith("WARN Ignoring")
                .endsWith("it holds the flags of redis cache:6379, namespace test; allowed: " + other);
        assertThat(log.lines().get(1))
                .contains("cannot be saved")
                .endsWith("another store, redis cache:6379, namespace test; delete or rename it to save those of "
                        + other);
        assertThat(file).hasBinaryContent(before);
        Files.delete(file);
        await().until(() -> Files.exists(file));
        saver.close();
        assertThat(saved(file).source()).isEqualTo(other);
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    @DisplayName("a store that has moved with its history replaces its file by itself")
    void followsAMovedStore() throws Exception {
        Path file = folder.resolve("flags.json");
        saveAndClose(file, 1);
        Source moved = new Source("redis new:6379", "test");
        LastKnownGood saver = new LastKnownGood(file, moved, NOON);

        saver.save(state(2));
        saver.close();

        assertThat(saved(file)).isEqualTo(new SavedFlags(moved, NOON.instant(), state(2)));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName("an application whose test has an in-memory store leaves the file as production saved it")
    void survivesTests() throws Exception {
        Path file = folder.resolve("flags.json");
        saveAndClose(file, 1);
        byte[] before = Files.readAllBytes(file);
        FlagStore memory = InMemoryFlagStore.builder().namespace("test").build();

        FeatureFlags.builder(memory).lastKnownGood(file).build().close();

        assertThat(file).hasBinaryContent(before);
        assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
        assertThat(log.lines())
                .contains("INFO The flags of test end with the process: the last-known-good file " + file
                        + " is neither read nor written");
    }

    @Test
    @DisplayName("a file that is not there is no reason for a warning")
    void startsWithoutFile() {
        assertThat(saver(folder.resolve("none")).load()).isNull();
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName("a file that cannot be written is one warning for each cause, and is tried again at the next change")
    void survivesWriteFailures() throws Exception {
        Path notFolder = Files.writeString(folder.resolve("flags"), "a file");
        Path file = notFolder.resolve("flags.json");
        LastKnownGood saver = saver(file);

        saver.save(state(1));
        await().until(() -> log.lines().size() == 1);
        assertThat(log.lines().get(0)).startsWith("WARN").contains("cannot be saved", file.toString());
        Files.delete(notFolder);
        saver.save(state(2));
        saver.close();

        assertThat(saved(file).definitions().revision().number()).isEqualTo(2);
        assertThat(log.lines()).hasSize(1);
        LastKnownGood blocked = saver(folder);
        assertThat(blocked.load()).isNull();
        blocked.save(state(1));
        blocked.close();
        assertThat(log.lines()).hasSize(3);
    }

    @Test
    @DisplayName("many that save to one path and read it at the same time see it whole, and leave nothing else behind")
    void isSharedSafely() throws Exception {
        Path file = folder.resolve("flags.json");
        saveAndClose(file, 1);
        CompletableFuture<?>[] writers = Stream.of(1, 2, 3, 4)
                .map(writer -> CompletableFuture.runAsync(() -> {
                    for (int i = 1; i <= 50; i++) {
                        saveAndClose(file, writer * 1_000L + i);
                    }
                }))
                .toArray(CompletableFuture[]::new);

        CompletableFuture<Void> all = CompletableFuture.allOf(writers);
        while (!all.isDone()) {
            assertThat(saved(file).source()).isEqualTo(SOURCE);
        }
        all.get();

        assertThat(folder.toFile().list()).containsExactly("flags.json");
        assertThat(log.lines()).isEmpty();
    }

    private void expectIgnored(Path file, String reason) {
        int before = log.lines().size();
        LastKnownGood saver = saver(file);

        assertThat(saver.load()).isNull();

        assertThat(log.lines()).hasSize(before + 1);
        assertThat(log.lines().get(before)).startsWith("WARN Ignoring").contains(file.toString(), reason);
        saver.save(state(5));
        saver.close();
        assertThat(saver(file).load()).isNotNull();
    }

    private static LastKnownGood saver(Path file) {
        return new LastKnownGood(file, SOURCE, NOON);
    }

    private static void saveAndClose(Path file, long number) {
        LastKnownGood saver = saver(file);
        saver.save(state(number));
        saver.close();
    }

    private static SavedFlags saved(Path file) throws IOException {
        return SavedFlags.decode(Files.readAllBytes(file));
    }

    private static Definitions state(long number) {
        return state("e", number);
    }

    private static Definitions state(String epoch, long number) {
        return new Definitions(
                new Revision(epoch, number, "c" + number),
                Map.of("a", new Versioned(Flag.bool("a", true), new Version(number, "c" + number))),
                Map.of(),
                Definitions.of().extra());
    }
}
