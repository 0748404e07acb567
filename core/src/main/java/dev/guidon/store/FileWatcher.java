package dev.guidon.store;

import dev.guidon.guard.GuardedLoop;
import java.time.Duration;

/** The thread that lets a {@link FileBackend} look for changes. What goes wrong with a look is said by the health of the store. */
final class FileWatcher implements AutoCloseable {

    private final FileBackend backend;
    private final Settling settling;
    private final Duration interval;
    private final GuardedLoop loop;

    FileWatcher(String name, FileBackend backend, FileHealth health, Settling settling, Duration interval) {
        this.backend = backend;
        this.settling = settling;
        this.interval = interval;
        this.loop = new GuardedLoop(name, this::look, failure -> health.become(FileHealth.words(failure)));
    }

    void start() {
        loop.start();
    }

    /** Tells the thread to end. */
    void stop() {
        settling.close();
        loop.close();
    }

    /** Waits until the thread has ended. */
    @Override
    public void close() {
        stop();
        loop.join(Duration.ofSeconds(5));
    }

    private boolean look() throws Exception {
        if (!settling.closedWithin(interval)) {
            backend.poll();
        }
        return true;
    }
}
