package dev.guidon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A file that somebody may still be writing")
class SettlingTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private final Settling settling = new Settling(INTERVAL, Clock.fixed(NOW, ZoneOffset.UTC));

    private static Stamp stamp(long size, Instant modified) {
        return new Stamp(List.of(new Stamp.Attributes(Path.of("f"), FileTime.from(modified), size, 1)));
    }

    @Test
    @DisplayName("is taken when it was the same in two polls, and once")
    void twoPolls() {
        assertThat(settling.ready(stamp(1, NOW))).isFalse();
        assertThat(settling.ready(stamp(2, NOW))).isFalse();
        assertThat(settling.ready(stamp(3, NOW))).isFalse();
        assertThat(settling.ready(stamp(3, NOW))).isTrue();
        assertThat(settling.ready(stamp(3, NOW))).isTrue();
        settling.take(stamp(3, NOW));
        assertThat(settling.ready(stamp(3, NOW))).isFalse();
        assertThat(settling.ready(stamp(4, NOW))).isFalse();
    }

    @Test
    @DisplayName("is waited for by who cannot wait for two polls")
    void waitedFor() throws IOException {
        AtomicInteger size = new AtomicInteger();

        assertThat(settling.settled(() -> stamp(Math.min(2, size.getAndIncrement()), NOW)))
                .isEqualTo(stamp(2, NOW));
    }

    @Test
    @DisplayName("is not waited for when it was written long ago, or the polls have found it still")
    void longAgo() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        Stamp old = stamp(1, NOW.minusMillis(201));

        assertThat(settling.settled(() -> {
                    looks.incrementAndGet();
                    return old;
                }))
                .isEqualTo(old);
        assertThat(looks).hasValue(1);

        Stamp fresh = stamp(2, NOW);
        settling.ready(fresh);
        settling.ready(fresh);
        assertThat(settling.settled(() -> {
                    looks.incrementAndGet();
                    return fresh;
                }))
                .isEqualTo(fresh);
        assertThat(looks).hasValue(2);
    }

    @Test
    @DisplayName("is given up when it changes all the time")
    void givenUp() {
        Settling impatient = new Settling(Duration.ofMillis(1), Clock.fixed(NOW, ZoneOffset.UTC));
        AtomicInteger size = new AtomicInteger();

        assertThatThrownBy(() -> impatient.settled(() -> stamp(size.getAndIncrement(), NOW)))
                .isInstanceOf(BrokenFileException.class);
    }

    @Test
    @DisplayName("is not waited for by an interrupted thread")
    void interrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> settling.settled(() -> stamp(1, NOW))).isInstanceOf(FlagStoreException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
