package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.store.InMemoryFlagStore;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A client")
@Timeout(30)
class ClientClockTest {

    private final FaultyStore store = new FaultyStore(new InMemoryFlagStore());

    @Test
    @DisplayName("waits for a revision no longer than it was told, although its clock stands still")
    void waitsNoLonger() throws Exception {
        Clock still = Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC);
        try (FeatureFlags flags = FeatureFlags.builder(store).clock(still).build()) {
            long start = System.nanoTime();

            boolean reached = flags.await(flags.revision().next("never"), Duration.ofMillis(100));

            assertThat(reached).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    @DisplayName("goes on following the store after its clock failed during an outage")
    void goesOn() {
        FailingClock clock = new FailingClock();
        try (FeatureFlags flags = FeatureFlags.builder(store).clock(clock).build()) {
            clock.broken = true;
            store.breakWith("connection reset");
            await().until(() -> clock.failures.get() > 0);

            clock.broken = false;
            store.repair();
            FlagEditor.of(store.healthy(), "test").set("a", true);

            await().until(() -> flags.isEnabled("a"));
        }
    }

    private static final class FailingClock extends Clock {

        private final AtomicInteger failures = new AtomicInteger();
        private volatile boolean broken;

        @Override
        public Instant instant() {
            if (broken) {
                failures.incrementAndGet();
                throw new DateTimeException("no time");
            }
            return Instant.EPOCH;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
