package dev.guidon.redis;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Threads that ask a flag all the time and note every answer but the right one. */
final class Traffic implements AutoCloseable {

    private static final long PAUSE_NANOS = 1_000_000;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private volatile boolean closed;

    Traffic(FeatureFlags flags, int threadCount, String key, String expected) {
        for (int i = 0; i < threadCount; i++) {
            EvaluationContext context = EvaluationContext.of("user-" + i);
            Thread thread = new Thread(() -> ask(flags, key, expected, context), "traffic-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    private void ask(FeatureFlags flags, String key, String expected, EvaluationContext context) {
        try {
            while (!closed) {
                String answer = flags.getStringValue(key, "the default", context);
                if (!answer.equals(expected)) {
                    wrong.add(answer);
                }
                answers.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (RuntimeException failure) {
            wrong.add(failure.toString());
        }
    }

    long answers() {
        return answers.get();
    }

    /** Ends the threads and tells what was not the right answer. */
    List<String> wrong() throws InterruptedException {
        closed = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(wrong);
    }

    @Override
    public void close() {
        closed = true;
    }
}
