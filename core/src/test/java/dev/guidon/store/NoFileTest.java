package dev.guidon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Where a file should be")
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class NoFileTest {

    private static final String FLAGS = "flags: {a: {enabled: true}}\n";

    @TempDir
    Path directory;

    private Path file;

    /** What may be there in its place. */
    enum Thing {
        PIPE("something that is no file"),
        ENDLESS_DEVICE("something that is no file"),
        DIRECTORY("a directory");

        private final String text;

        Thing(String text) {
            this.text = text;
        }

        void make(Path path) throws Exception {
            Files.deleteIfExists(path);
            switch (this) {
                case PIPE ->
                    assertThat(new ProcessBuilder("mkfifo", path.toString())
                                    .start()
                                    .waitFor())
                            .isZero();
                case ENDLESS_DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/zero"));
                case DIRECTORY -> Files.createDirectory(path);
            }
        }
    }

    @BeforeEach
    void name() {
        file = directory.resolve("flags.yaml");
    }

    private FileFlagStore open() {
        return FileFlagStore.builder(file).pollInterval(Duration.ofMillis(10)).open();
    }

    @ParameterizedTest
    @EnumSource(value = Thing.class, names = "DIRECTORY", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("a store of flags does not wait for a pipe or read a device, but names it")
    void flags(Thing thing) throws Exception {
        thing.make(file);

        assertThatThrownBy(this::open)
                .isInstanceOf(FlagStoreException.class)
                .hasMessage(file + ": found " + thing.text + "; allowed: a file");
        assertThatThrownBy(() -> FileFlagStore.builder(file).readOnly(true).open())
                .hasMessageContaining(file + ": found " + thing.text);
    }

    @ParameterizedTest
    @EnumSource(Thing.class)
    @DisplayName("a running store keeps its flags, says what it found, and goes on when the file is back")
    void running(Thing thing) throws Exception {
        Files.writeString(file, FLAGS);
        try (FileFlagStore store = open()) {
            thing.make(file);

            await().untilAsserted(() -> assertThat(store.status().problem()).contains(file + ": found " + thing.text));
            assertThat(store.load().flags()).containsKey("a");
            Files.delete(file);
            Files.writeString(file, FLAGS.replace("a:", "b:"));
            await().untilAsserted(() -> assertThat(store.load().flags()).containsOnlyKeys("b"));
            assertThat(store.status().available()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Thing.class)
    @DisplayName("log and lock are named too")
    void logAndLock(Thing thing) throws Exception {
        for (String suffix : List.of(".log", ".lock")) {
            Files.writeString(file, FLAGS);
            Path beside = directory.resolve("flags.yaml" + suffix);
            thing.make(beside);

            assertThatThrownBy(this::open)
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessage(beside + ": found " + thing.text + "; allowed: a file");
            Files.delete(beside);
        }
    }

    @ParameterizedTest
    @EnumSource(Thing.class)
    @DisplayName("the last-known-good file is neither read nor replaced")
    void lastKnownGood(Thing thing, @TempDir Path elsewhere) throws Exception {
        Path saved = directory.resolve("saved");
        thing.make(saved);
        Files.writeString(elsewhere.resolve("flags.yaml"), FLAGS);

        try (FlagStore store = FileFlagStore.open(elsewhere.resolve("flags.yaml"))) {
            FeatureFlags.builder(store).lastKnownGood(saved).build().close();
        }

        assertThat(Files.isRegularFile(saved)).isFalse();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).containsExactly(saved);
        }
    }

    @Test
    @DisplayName("one of 200 MB is refused without being read, and the mended file is read")
    void isTooLarge() throws Exception {
        Files.writeString(file, FLAGS);
        try (FileFlagStore store = open()) {
            try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
                large.setLength(200L << 20);
            }

            await().untilAsserted(() -> assertThat(store.status().problem())
                    .isEqualTo(file + ": found more than 67108864 bytes; allowed: at most 67108864"));
            Files.writeString(file, FLAGS.replace("a:", "b:"));
            await().untilAsserted(() -> assertThat(store.load().flags()).containsOnlyKeys("b"));
        }
    }

    @Test
    @DisplayName("a log of 200 MB that is none is set aside without being read")
    void logIsNone() throws Exception {
        Files.writeString(file, FLAGS);
        try (RandomAccessFile large =
                new RandomAccessFile(directory.resolve("flags.yaml.log").toFile(), "rw")) {
            large.setLength(200L << 20);
        }

        try (FileFlagStore store = open()) {
            assertThat(store.load().flags()).containsOnlyKeys("a");
            assertThat(directory.resolve("flags.yaml.log.damaged-1")).exists();
        }
    }

    @Test
    @DisplayName("a failure to write it names it, whatever the system says")
    void failureNamesTheFile() {
        IOException full = StoredFile.naming(file, new IOException("No space left on device"));

        assertThat(full).hasMessage(file + ": No space left on device");
        assertThat(StoredFile.naming(file, full)).isSameAs(full);
    }

    @Test
    @DisplayName("a conflict of thousands of definitions is told in one short message")
    void conflictIsShort() {
        List<VersionConflictException.Conflict> conflicts = java.util.stream.IntStream.range(0, 10_000)
                .mapToObj(i -> new VersionConflictException.Conflict(
                        dev.guidon.definition.DefinitionKey.flag("flag-" + i),
                        dev.guidon.definition.Version.NONE,
                        new dev.guidon.definition.Version(2, "c")))
                .toList();

        VersionConflictException refused = new VersionConflictException(conflicts);

        assertThat(refused.getMessage()).hasSizeLessThan(1_000).endsWith("; and 9990 more");
        assertThat(refused.conflicts()).hasSize(10_000);
    }
}
