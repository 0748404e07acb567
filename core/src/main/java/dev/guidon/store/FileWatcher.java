package dev.guidon.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The thread that lets a {@link FileBackend} look for changes. */
final class FileWatcher implements AutoCloseable {

    private final FileBackend backend;
    private final Settling settling;
    private final Duration interval;
    private final Thread thread;

    FileWatcher(String name, FileBackend backend, Settling settling, Duration interval) {
        this.backend = backend;
        this.settling = settling;
        this.interval = interval;
        this.thread = new Thread(this::watch, name);
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Tells the thread to end. */
    void stop() {
        settling.close();
        thread.interrupt();
    }

    /** Waits until the thread has ended. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!settling.closedWithin(interval)) {
                backend.poll();
            }
        } catch (InterruptedException e) {
            // As on closing.
        }
    }
}
