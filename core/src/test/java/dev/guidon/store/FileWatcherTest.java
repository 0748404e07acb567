package dev.guidon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.guard.FailingLog;
import dev.guidon.guard.Fault;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The thread that watches a flag file")
@Timeout(60)
class FileWatcherTest {

    private static final String OFF = "flags:\n  a:\n    enabled: false\n";
    private static final String ON = "flags:\n  a:\n    enabled: true\n";

    @TempDir
    private Path folder;

    private final AtomicReference<@Nullable Fault> ofClock = new AtomicReference<>();
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            Fault fault = ofClock.get();
            return fault == null ? Instant.now() : fault.happen(Instant.now());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    };

    private FileFlagStore open(boolean readOnly) throws Exception {
        Path file = Files.writeString(folder.resolve("flags.yaml"), OFF);
        return FileFlagStore.builder(file)
                .clock(clock)
                .readOnly(readOnly)
                .pollInterval(Duration.ofMillis(10))
                .open();
    }

    private static boolean isOn(FileFlagStore store) {
        return store.load().flag("a").orElseThrow().enabled();
    }

    private void write(String text) throws Exception {
        Files.writeString(folder.resolve("flags.yaml"), text);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INTERRUPT")
    @DisplayName("survives a clock that fails, says so, and takes the edit in when it works again")
    void survivesClock(Fault fault) throws Exception {
        try (FileFlagStore store = open(false)) {
            ofClock.set(fault);
            write(ON);
            await().until(() -> !store.status().available());

            ofClock.set(null);

            await().until(() -> isOn(store));
            await().until(() -> store.status().available());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "INTERRUPT")
    @DisplayName("and who commits do not notice a logging back end that fails")
    void survivesLog(Fault fault) throws Exception {
        try (FailingLog log = new FailingLog(FileFlagStore.class, fault::happen);
                FileFlagStore store = open(false)) {
            store.commit(Flags.put("b", true));
            write(ON.replace("flags:\n", "flags:\n  b:\n    enabled: true\n"));
            await().ignoreExceptions().until(() -> isOn(store));
            write("flags: [");
            await().until(() -> !store.status().available());
            write(OFF);
            await().ignoreExceptions().until(() -> !isOn(store));
            await().until(() -> store.status().available());
            assertThat(log.lines()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("survives a file of 200 MB in place of the flags, and reads the mended one")
    void survivesHugeFile(boolean readOnly) throws Exception {
        try (FileFlagStore store = open(readOnly)) {
            try (RandomAccessFile sparse =
                    new RandomAccessFile(folder.resolve("flags.yaml").toFile(), "rw")) {
                sparse.setLength(200L * 1024 * 1024);
            }
            await().until(() -> !store.status().available());
            assertThat(isOn(store)).isFalse();

            write(ON);

            await().until(() -> isOn(store));
            await().until(() -> store.status().available());
        }
    }

    @Test
    @DisplayName("survives strangers who interrupt it")
    void survivesInterrupts() throws Exception {
        try (FileFlagStore store = open(false)) {
            for (int i = 0; i < 20; i++) {
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("guidon-file-flags"))
                        .forEach(Thread::interrupt);
            }
            write(ON);

            await().until(() -> isOn(store));
            await().until(() -> store.status().available());
        }
    }
}
