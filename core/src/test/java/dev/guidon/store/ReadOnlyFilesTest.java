package dev.guidon.store;

import static dev.guidon.store.Flags.enabled;
import static dev.guidon.store.Flags.log;
import static dev.guidon.store.Flags.put;
import static dev.guidon.store.Flags.version;
import static dev.guidon.store.Flags.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A directory of flag files")
@Timeout(60)
class ReadOnlyFilesTest {

    @TempDir
    Path directory;

    private FileFlagStore open() {
        return FileFlagStore.builder(directory)
                .pollInterval(Duration.ofMillis(10))
                .open();
    }

    private Path file(String name, String text) {
        return write(directory.resolve(name), text);
    }

    @Test
    @DisplayName("holds what all of its files define, and nothing of other files, hidden ones and directories")
    void merged() throws Exception {
        file("b.yaml", "flags: {b: {enabled: true}}\nsegments: {s: {include: {values: [u]}}}");
        file("a.yml", "flags: {a: {enabled: true}}");
        file("c.JSON", "{\"flags\": {\"c\": {\"enabled\": true}}}");
        file(".hidden.yaml", "flags: {hidden: {enabled: true}}");
        file("readme.md", "# flags");
        Files.createDirectory(directory.resolve("more.yaml"));

        try (FileFlagStore store = open()) {
            assertThat(store.load().flags().keySet()).containsExactly("a", "b", "c");
            assertThat(store.load().segments()).containsOnlyKeys("s");
            assertThat(store.namespace()).isEqualTo(directory.getFileName().toString());
            assertThat(log(store))
                    .singleElement()
                    .satisfies(change -> assertThat(change.actor()).isEqualTo("system:file"));
        }
    }

    @Test
    @DisplayName("refuses commits and says that it is a directory")
    void readOnly() {
        file("a.yaml", "flags: {a: {enabled: true}}");

        try (FileFlagStore store = open()) {
            assertThatThrownBy(() -> store.commit(put("b", true)))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessage(directory + " is read-only: it is a directory");
            store.changes().retain("relay", store.changes().head());
            assertThat(store.changes().retained()).containsOnlyKeys("relay");
        }
    }

    @Test
    @DisplayName("is broken when two files define the same key, and names both")
    void twice() {
        Path a = file("a.yaml", "flags: {x: {enabled: true}}");
        Path b = file("b.yaml", "flags: {x: {enabled: false}}");

        assertThatThrownBy(this::open)
                .isInstanceOf(FlagStoreException.class)
                .hasMessage("flag/x: found in " + a + " and in " + b + "; allowed: one of them");
    }

    @Test
    @DisplayName("follows edits, new files and files that go; a broken one holds back no edit of another")
    void followed() throws IOException {
        file("a.yaml", "flags: {a: {enabled: true}}");
        try (FileFlagStore store = open()) {
            Path b = file("b.yaml", "flags: {b: {enabled: true}}");
            await().untilAsserted(() -> assertThat(enabled(store)).containsOnlyKeys("a", "b"));

            write(b, "flags: {b: {enabled: [}}");
            file("a.yaml", "flags: {a: {enabled: false}}");
            await().until(() -> !store.status().available());
            assertThat(store.status().problem()).startsWith(b + ":1:");
            await().untilAsserted(() ->
                    assertThat(enabled(store)).containsEntry("a", false).containsEntry("b", true));

            Files.delete(b);
            await().until(() -> store.status().available());
            assertThat(enabled(store)).containsOnlyKeys("a").containsEntry("a", false);
            assertThat(version(store, "a")).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("keeps a key that moves between files while one of them is broken: it neither goes nor is there twice")
    void moves() {
        file("a.yaml", "flags: {a: {enabled: true}, x: {enabled: true}, y: {enabled: true}}");
        file("b.yaml", "flags: {b: {enabled: true}, z: {enabled: true}}");
        try (FileFlagStore store = open()) {
            // x and y move to b, z moves to a and is turned off; b is broken.
            file("b.yaml", "flags: {b: {enabled: true}, x: {enabled: false}, y: {enabled: [}}");
            file("a.yaml", "flags: {a: {enabled: false}, z: {enabled: false}}");
            await().until(() -> !enabled(store).get("a"));

            assertThat(enabled(store))
                    .containsOnlyKeys("a", "b", "x", "y", "z")
                    .containsEntry("x", true)
                    .containsEntry("z", false);

            file("b.yaml", "flags: {b: {enabled: true}, x: {enabled: false}}");
            await().until(() -> store.status().available());
            assertThat(enabled(store)).containsOnlyKeys("a", "b", "x", "z").containsEntry("x", false);
        }
    }

    @Test
    @DisplayName("keeps what comes to be in two files as it was, and takes all else")
    void comesTwice() {
        Path a = file("a.yaml", "flags: {x: {enabled: true}}");
        try (FileFlagStore store = open()) {
            Path b = file("b.yaml", "flags: {x: {enabled: false}, b: {enabled: true}}");
            await().untilAsserted(() -> assertThat(enabled(store)).containsOnlyKeys("x", "b"));

            assertThat(enabled(store)).containsEntry("x", true);
            assertThat(store.status().problem())
                    .isEqualTo("flag/x: found in " + a + " and in " + b + "; allowed: one of them");
            file("a.yaml", "flags: {}");
            await().until(() -> store.status().available());
            assertThat(enabled(store)).containsOnlyKeys("x", "b").containsEntry("x", false);
        }
    }

    @Test
    @DisplayName("keeps everything when the last file goes, or the directory")
    void gone() throws IOException {
        Path file = file("a.yaml", "flags: {a: {enabled: true}}");
        try (FileFlagStore store = open()) {
            Files.delete(file);
            await().until(() -> !store.status().available());
            assertThat(store.status().problem()).contains("holds no .yaml, .yml or .json file");

            Files.delete(directory);
            Files.createDirectory(directory);
            file("a.yaml", "flags: {a: {enabled: false}}");
            await().until(() -> store.status().available());
            assertThat(enabled(store)).containsEntry("a", false);
        }
    }

    @Test
    @DisplayName("follows a directory as Kubernetes mounts one, of links that are switched together")
    void mounted() throws IOException {
        write(Files.createDirectory(directory.resolve("..1")).resolve("a.yaml"), "flags: {a: {enabled: false}}");
        write(Files.createDirectory(directory.resolve("..2")).resolve("a.yaml"), "flags: {a: {enabled: true}}");
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data/a.yaml"));

        try (FileFlagStore store = open()) {
            assertThat(enabled(store)).containsEntry("a", false);
            Files.move(
                    Files.createSymbolicLink(directory.resolve("..next"), Path.of("..2")),
                    data,
                    StandardCopyOption.ATOMIC_MOVE);

            await().untilAsserted(() -> assertThat(enabled(store)).containsEntry("a", true));
        }
    }

    @Test
    @DisplayName("refuses to start from nothing")
    void empty() {
        assertThatThrownBy(this::open).isInstanceOf(FlagStoreException.class).hasMessageContaining("holds no");
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> FileFlagStore.builder(missing).readOnly(true).open())
                .hasMessage(missing + ": not found");
        assertThatThrownBy(() -> FileFlagStore.builder(missing)
                        .readOnly(true)
                        .createIfMissing(true)
                        .open())
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("not found");
    }

    @Test
    @DisplayName("has a single file do as well, opened read-only")
    void singleFile() {
        Path file = file("a.yaml", "owner: me\nflags: {a: {enabled: true}}");

        try (FileFlagStore store = FileFlagStore.builder(file)
                .pollInterval(Duration.ofMillis(10))
                .readOnly(true)
                .open()) {
            assertThat(store.load().extra().fields()).containsOnlyKeys("owner");
            write(file, "owner: you\nflags: {a: {enabled: true}}");
            await().until(() -> store.load().extra().fields().toString().contains("you"));
            assertThat(store.changes().head().number()).isEqualTo(1);
        }
        assertThat(List.of(directory.toFile().list())).containsExactly("a.yaml");
    }
}
