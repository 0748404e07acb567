package dev.guidon.guard;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A daemon thread that takes turns until it is closed. Nothing that a turn throws ends it: no exception, no Error, no interrupt by a
 * stranger. After a failure it pauses, after each further one for twice as long, up to five seconds.
 */
public final class GuardedLoop implements AutoCloseable {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final Turn turn;
    private final Consumer<Throwable> failed;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A loop that has not started.
     *
     * @param name the name of the thread
     * @param turn what it does again and again
     * @param failed says what a turn has thrown; may itself throw, which ends nothing either
     */
    public GuardedLoop(String name, Turn turn, Consumer<Throwable> failed) {
        this.turn = turn;
        this.failed = failed;
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /** {@return whether it was closed} */
    public boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Interrupts the turn that goes on, and takes no other. Does not wait for its end. */
    @Override
    public void close() {
        // In this order: who clears the interrupt sees that this is closed.
        closed.countDown();
        thread.interrupt();
    }

    /**
     * Waits for the end of the thread.
     *
     * @param atMost how long
     */
    public void join(Duration atMost) {
        try {
            thread.join(atMost.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        while (goesOn()) {
            try {
                pause = turn.take() ? FIRST_PAUSE_MILLIS : pause;
            } catch (Throwable failure) {
                survive(failure, pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    private boolean goesOn() {
        Thread.interrupted();
        return !isClosed();
    }

    private void survive(Throwable failure, long pause) {
        if (!goesOn()) {
            return;
        }
        try {
            failed.accept(failure);
        } catch (Throwable unsaid) {
            // The next turn says how it is then.
        }
        try {
            closed.await(pause, TimeUnit.MILLISECONDS);
        } catch (Throwable shortened) {
            // By a stranger.
        }
    }

    /** One turn. */
    @FunctionalInterface
    public interface Turn {

        /**
         * Does what there is to do, and waits where there is nothing.
         *
         * @return whether all is well, so that the next pause is short again
         * @throws Exception if it fails
         */
        boolean take() throws Exception;
    }
}
