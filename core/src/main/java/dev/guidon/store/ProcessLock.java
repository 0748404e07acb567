package dev.guidon.store;

import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One at a time among all threads of all processes that lock the same file. The operating system knows processes only, so all
 * stores of this process share one lock for a path, and one open channel: closing any channel of a file gives up the locks
 * which this process has on it.
 */
final class ProcessLock implements AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(ProcessLock.class);
    private static final ConcurrentMap<Path, ProcessLock> OPEN = new ConcurrentHashMap<>();

    private final Path path;
    private final Duration patience;
    private final ReentrantLock threads = new ReentrantLock(true);
    private @Nullable FileChannel channel;
    private @Nullable Object fileKey;
    private int users;
    private boolean retired;

    private ProcessLock(Path path, Duration patience) {
        this.path = path;
        this.patience = patience;
    }

    /**
     * The lock on a file, which is made if there is none and never removed. Each call needs a {@link #close}.
     *
     * @param patience how long a thread waits for the lock; the one who opens it first decides
     */
    static ProcessLock on(Path path, Duration patience) {
        return OPEN.compute(path, (key, open) -> {
            ProcessLock shared = open == null ? new ProcessLock(key, patience) : open;
            shared.users++;
            return shared;
        });
    }

    /** What is done under the lock. */
    interface Action<T> {
        T run() throws IOException;
    }

    /**
     * Does something under the lock. A thread that has the lock may call this again.
     *
     * @throws FlagStoreException if the lock cannot be had in time, or for an I/O error
     */
    <T> T locked(Action<T> action) {
        if (threads.isHeldByCurrentThread()) {
            return run(action);
        }
        try {
            if (!threads.tryLock() && !threads.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy("another thread");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while waiting for " + path, e);
        }
        try {
            FileLock lock = lock();
            try {
                return run(action);
            } finally {
                if (lock.isValid()) {
                    lock.release();
                }
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            threads.unlock();
        }
    }

    /** Ends this use of the lock, after what is being done under it. The last one closes the file. */
    @Override
    public void close() {
        OPEN.computeIfPresent(path, (key, open) -> {
            if (--open.users > 0) {
                return open;
            }
            try {
                // Under the lock, so that closing it takes it away from nobody.
                open.locked(() -> {
                    open.closeChannel();
                    open.retired = true;
                    return open;
                });
            } catch (FlagStoreException e) {
                LOG.debug("{} stays open", Shown.part(path.toString()), e);
            }
            return null;
        });
    }

    private static <T> T run(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static FlagStoreException failed(IOException e) {
        return new FlagStoreException(FileHealth.words(e), e);
    }

    private FlagStoreException busy(String who) {
        return new FlagStoreException(path + " has been locked by " + who + " for " + Shown.duration(patience));
    }

    private FileLock lock() throws IOException {
        if (retired) {
            throw new FlagStoreException("the store is closed");
        }
        long waited = 0;
        for (long pause = 1; ; pause = Math.min(5, pause * 2)) {
            FileLock lock = tryLock();
            if (lock != null) {
                return lock;
            }
            if (waited >= patience.toMillis()) {
                throw busy("another process");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new FlagStoreException("interrupted while waiting for " + path, e);
            }
            waited += pause;
        }
    }

    private @Nullable FileLock tryLock() throws IOException {
        FileChannel open = channel;
        if (open == null || !open.isOpen() || !Objects.equals(fileKey, fileKey())) {
            closeChannel();
            StoredFile.requireFile(path);
            open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = open;
            fileKey = fileKey();
        }
        try {
            return open.tryLock();
        } catch (OverlappingFileLockException e) {
            // This class was loaded twice in this process.
            return null;
        }
    }

    private @Nullable Object fileKey() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
