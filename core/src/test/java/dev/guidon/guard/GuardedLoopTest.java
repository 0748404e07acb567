package dev.guidon.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A guarded loop")
@Timeout(30)
class GuardedLoopTest {

    private final List<Throwable> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    @DisplayName("goes on after whatever a turn throws, and says it")
    void goesOn(Fault fault) {
        try (GuardedLoop loop = new GuardedLoop("test-loop", () -> turn(fault), said::add)) {
            loop.start();

            await().until(() -> turns.get() > 3);
            assertThat(said).hasSize(1);
        }
    }

    private boolean turn(Fault fault) throws InterruptedException {
        if (turns.incrementAndGet() == 2) {
            fault.happen("");
            Thread.sleep(1);
        }
        return true;
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    @DisplayName("goes on although saying it fails too")
    void goesOnUnsaid(Fault fault) {
        try (GuardedLoop loop =
                new GuardedLoop("test-loop", () -> turn(Fault.ASSERTION), failure -> fault.happen(failure))) {
            loop.start();

            await().until(() -> turns.get() > 3);
        }
    }

    @Test
    @DisplayName("pauses after failures, each time for longer")
    void pauses() {
        long start = System.nanoTime();
        try (GuardedLoop loop = new GuardedLoop(
                "test-loop",
                () -> {
                    turns.incrementAndGet();
                    throw new AssertionError("always");
                },
                said::add)) {
            loop.start();

            await().until(() -> turns.get() >= 4);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(700));
        }
    }

    @Test
    @DisplayName("ends at once when it is closed, in a turn and in a pause")
    void ends() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        GuardedLoop waiting = new GuardedLoop(
                "test-loop",
                () -> {
                    begun.countDown();
                    never.await();
                    return true;
                },
                said::add);
        GuardedLoop pausing = new GuardedLoop(
                "test-loop",
                () -> {
                    throw new AssertionError("always");
                },
                failure -> begun.countDown());
        waiting.start();
        pausing.start();
        await().until(() -> begun.getCount() == 0);

        waiting.close();
        pausing.close();
        waiting.join(Duration.ofSeconds(10));
        pausing.join(Duration.ofSeconds(10));

        assertThat(said).isEmpty();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("test-loop");
    }
}
