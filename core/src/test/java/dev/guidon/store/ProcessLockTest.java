package dev.guidon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A lock among processes")
@Timeout(30)
class ProcessLockTest {

    @TempDir
    Path directory;

    private int counter;

    private ProcessLock open(int patience) {
        return ProcessLock.on(directory.resolve("lock"), Duration.ofMillis(patience));
    }

    @Test
    @DisplayName("lets one thread in at a time, whichever store it comes from")
    void oneAtATime() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ProcessLock one = open(10_000);
                ProcessLock two = open(10_000)) {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                ProcessLock lock = i % 2 == 0 ? one : two;
                done.add(threads.submit(() -> {
                    for (int n = 0; n < 500; n++) {
                        lock.locked(() -> ++counter);
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            assertThat(counter).isEqualTo(2000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("can be taken again by the thread that has it")
    void reentrant() {
        try (ProcessLock lock = open(100)) {
            assertThat(lock.locked(() -> lock.locked(() -> "inner"))).isEqualTo("inner");
        }
    }

    @Test
    @DisplayName("is given up after a limit of time when another thread has it, or another class loader's store")
    void limited() throws Exception {
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ProcessLock lock = open(50)) {
            Future<?> holder = threads.submit(() -> lock.locked(() -> {
                locked.countDown();
                try {
                    return release.await(20, java.util.concurrent.TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            locked.await();
            assertThatThrownBy(() -> lock.locked(() -> "x"))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("locked by another thread");
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> lock.locked(() -> "x"))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessageContaining("interrupted");
            assertThat(Thread.interrupted()).isTrue();
            release.countDown();
            holder.get();

            try (FileChannel other = FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE)) {
                other.lock();
                assertThatThrownBy(() -> lock.locked(() -> "x"))
                        .isInstanceOf(FlagStoreException.class)
                        .hasMessageContaining("locked by another process");
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> lock.locked(() -> "x"))
                        .isInstanceOf(FlagStoreException.class)
                        .hasMessageContaining("interrupted");
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(lock.locked(() -> "free")).isEqualTo("free");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("goes on with a new file when somebody has removed the old one")
    void removed() throws Exception {
        try (ProcessLock lock = open(100)) {
            lock.locked(() -> "x");
            Files.delete(directory.resolve("lock"));

            assertThat(lock.locked(() -> "y")).isEqualTo("y");
            assertThat(directory.resolve("lock")).exists();
        }
    }

    @Test
    @DisplayName("turns what fails under it into a store's failure, and is free again")
    void failure() {
        try (ProcessLock lock = open(100)) {
            assertThatThrownBy(() -> lock.locked(() -> {
                        throw new BrokenFileException("flags.yaml:1:2: broken");
                    }))
                    .isInstanceOf(FlagStoreException.class)
                    .hasMessage("flags.yaml:1:2: broken");
            assertThat(lock.locked(() -> "free")).isEqualTo("free");
        }
    }

    @Test
    @DisplayName("refuses whoever closed it last, and opens anew")
    void closed() {
        ProcessLock lock = open(100);
        lock.locked(() -> "x");
        lock.close();

        assertThatThrownBy(() -> lock.locked(() -> "y")).hasMessage("the store is closed");
        try (ProcessLock again = open(100)) {
            assertThat(again.locked(() -> "z")).isEqualTo("z");
        }
    }
}
