package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.FlagEditor;
import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("The wait for a change")
@Timeout(60)
class LogWaitTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final InMemoryFlagStore store = InMemoryFlagStore.builder().build();
    private final LogWait wait = new LogWait(store.changes());
    private final AtomicBoolean interruptedAfter = new AtomicBoolean();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @DisplayName("ends with the change")
    void change() throws Exception {
        Revision before = store.load().revision();
        CompletableFuture<Read> read = new CompletableFuture<>();
        waiting(before, read);

        Revision written = FlagEditor.of(store, "ada").set("a", true);

        assertThat(((Read.Changes) Objects.requireNonNull(read.get())).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.revision()).isEqualTo(written));
    }

    @Test
    @DisplayName("ends at once when another thread ends it, leaves no interrupt behind, and does not begin again")
    void ended() throws Exception {
        CompletableFuture<Read> read = new CompletableFuture<>();
        Thread thread = waiting(store.load().revision(), read);
        await().atMost(Kafka.PATIENCE).until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        wait.end();

        assertThat(read.get()).isNull();
        assertThat(interruptedAfter).isFalse();
        assertThat(wait.read(store.load().revision(), 1, LONG)).isNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    @DisplayName("tells of every other interrupt, and of a store that fails")
    void others() throws Exception {
        CompletableFuture<Read> read = new CompletableFuture<>();
        Revision revision = store.load().revision();
        waiting(revision, read).interrupt();
        assertThatThrownBy(read::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);

        store.close();

        assertThatThrownBy(() -> wait.read(revision, 1, LONG)).isInstanceOf(FlagStoreException.class);
    }

    private Thread waiting(Revision after, CompletableFuture<Read> read) {
        Thread thread = new Thread(() -> {
            try {
                Read found = wait.read(after, 1, LONG);
                interruptedAfter.set(Thread.currentThread().isInterrupted());
                read.complete(found);
            } catch (InterruptedException | RuntimeException e) {
                read.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
