package dev.guidon;

import dev.guidon.SavedFlags.Source;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import dev.guidon.store.FlagStore;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest flags of a store in a file, on a thread of its own, at most once a second. Nothing that goes wrong with the file
 * reaches a caller or ends the thread: it is logged, once for each cause, and saving is tried again after pauses that grow.
 */
final class LastKnownGood implements Runnable, AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(FeatureFlags.class);
    private static final Duration BETWEEN_SAVES = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_SAVE = Duration.ofSeconds(2);

    /** Far above what flags take, and below what could exhaust the memory. */
    static final int MOST_BYTES = 128 * 1024 * 1024;

    private final Path file;
    private final Source source;
    private final String namespace;
    private final Clock clock;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<String> failures = new HashSet<>();
    private final Object changed = new Object();
    private @Nullable Definitions pending;
    private @Nullable Revision held;

    /** For the flags of a store; null if they end with the process. */
    static @Nullable LastKnownGood of(Path file, FlagStore store, Clock clock) {
        String origin = store.origin();
        if (origin != null) {
            return new LastKnownGood(file, new Source(origin, store.namespace()), clock);
        }
        LOG.info(
                "The flags of {} end with the process: the last-known-good file {} is neither read nor written",
                Shown.part(store.namespace()),
                Shown.part(file.toString()));
        return null;
    }

    LastKnownGood(Path file, Source source, Clock clock) {
        this.file = file.toAbsolutePath();
        this.source = source;
        this.namespace = Shown.part(source.namespace());
        this.clock = clock;
        this.thread = new Thread(this, "guidon-" + source.namespace() + "-last-known-good");
        this.thread.setDaemon(true);
    }

    /** What the file holds; null if there is none or it is of no use. To be called before the first save. */
    @Nullable
    SavedFlags load() {
        try {
            if (Files.notExists(file)) {
                return null;
            }
            SavedFlags saved = SavedFlags.decode(read());
            if (!saved.source().equals(source)) {
                throw new IllegalArgumentException("it holds the flags of " + saved.source() + "; allowed: " + source);
            }
            held = saved.definitions().revision();
            return saved;
        } catch (Throwable failure) {
            LOG.warn("Ignoring the last-known-good file {} of {}: {}", shownFile(), namespace, reason(failure));
            return null;
        }
    }

    /** Saves these, unless others come before it gets to it. Never waits, and never throws. */
    void save(Definitions definitions) {
        synchronized (changed) {
            if (closed.getCount() > 0) {
                pending = definitions;
                changed.notifyAll();
                begin();
            }
        }
    }

    private void begin() {
        try {
            if (thread.getState() == Thread.State.NEW) {
                thread.start();
            }
        } catch (Throwable failure) {
            report(failure);
        }
    }

    @Override
    public void run() {
        long pause = BETWEEN_SAVES.toMillis();
        for (Definitions next = next(); next != null; next = next()) {
            try {
                write(next);
                pause = BETWEEN_SAVES.toMillis();
            } catch (Throwable failure) {
                report(failure);
                again(next);
                pause = Math.min(2 * pause, LONGEST_PAUSE.toMillis());
            }
            pause(pause);
        }
    }

    /** Writes what is pending, but waits for that only a while: a disk may hang. */
    @Override
    public void close() {
        synchronized (changed) {
            closed.countDown();
            changed.notifyAll();
        }
        try {
            thread.join(LAST_SAVE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Definitions next() {
        synchronized (changed) {
            while (pending == null && closed.getCount() > 0) {
                try {
                    changed.wait();
                } catch (InterruptedException byStranger) {
                    LOG.debug("Somebody has interrupted the thread that saves the flags of {}", namespace);
                }
            }
            Definitions next = pending;
            pending = null;
            return next;
        }
    }

    /** Saves these once more, unless newer ones wait or there is no time left. */
    private void again(Definitions definitions) {
        synchronized (changed) {
            if (pending == null && closed.getCount() > 0) {
                pending = definitions;
            }
        }
    }

    private void pause(long millis) {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException byStranger) {
            LOG.debug("Somebody has interrupted the thread that saves the flags of {}", namespace);
        }
    }

    private void write(Definitions definitions) throws IOException {
        if (definitions.revision().equals(held)) {
            return;
        }
        refuseToReplaceAnother(definitions.revision());
        byte[] bytes = new SavedFlags(source, clock.instant(), definitions).encode();
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the flags take " + bytes.length + " bytes; allowed: " + MOST_BYTES);
        }
        FileReplacement.replace(file, bytes);
        held = definitions.revision();
        failures.clear();
    }

    /** A test, or an application with another configuration, must not take from production what it would start from. */
    private void refuseToReplaceAnother(Revision revision) throws IOException {
        if (Files.isRegularFile(file)) {
            SavedFlags.Head found = SavedFlags.head(read(SavedFlags.HEAD_BYTES));
            if (found != null && !found.isOf(source, revision)) {
                throw new IOException("it holds the flags of another store, " + found.source()
                        + "; delete or rename it to save those of " + source);
            }
        }
    }

    private void report(Throwable failure) {
        try {
            String reason = reason(failure);
            if (failures.add(reason)) {
                LOG.warn(
                        "The flags of {} cannot be saved in {}, which is tried again: {}",
                        namespace,
                        shownFile(),
                        reason);
            }
        } catch (Throwable unsaid) {
            LOG.debug("What went wrong with {} cannot be said", shownFile(), unsaid);
        }
    }

    /** By a stream, since an interrupted thread would close a channel. */
    private byte[] read() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "it is a folder" : "it is no file");
        }
        long size = Files.size(file);
        if (size > MOST_BYTES) {
            throw new IOException("it is too large: " + size + " bytes; allowed: " + MOST_BYTES);
        }
        return read(MOST_BYTES);
    }

    private byte[] read(int atMost) throws IOException {
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            return in.readNBytes(atMost);
        }
    }

    private String shownFile() {
        return Shown.part(file.toString());
    }

    /** Without the names of temporary files, so that the same cause reads the same. */
    private static String reason(Throwable failure) {
        if (failure instanceof FileSystemException system) {
            String reason = system.getReason();
            return Shown.message(failure.getClass().getSimpleName() + (reason == null ? "" : " (" + reason + ")"));
        }
        return Shown.message(failure instanceof Error ? failure.toString() : String.valueOf(failure.getMessage()));
    }
}
