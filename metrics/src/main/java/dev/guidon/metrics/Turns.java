package dev.guidon.metrics;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, on the thread that brings one, or on another one that is at it already. So nobody who evaluates waits for
 * a lock of ours while a registry, whose filters may evaluate flags themselves, is called.
 */
final class Turns implements Executor {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    /** Throws what a task has thrown, once all are done. */
    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (open.getAndIncrement() > 0) {
            return;
        }
        @Nullable Throwable failure = null;
        do {
            try {
                tasks.remove().run();
            } catch (Throwable thrown) {
                // Whatever it is: the others still have their turn, now and later.
                failure = thrown;
            }
        } while (open.decrementAndGet() > 0);
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
        }
    }
}
