package dev.guidon.store;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A flag file that can be written, by several processes at a time. Every change of state is one procedure under the
 * {@link ProcessLock}; who reads takes the lock only when the log has grown, and never while it waits for a commit.
 */
final class WritableFile implements FileBackend, ChangeLog {

    private final Path path;
    private final ProcessLock lock;
    private final LogFile log;
    private final ChangeHistory history;
    private final LoggedFile file;
    private final FileSettings settings;
    private final FileHealth health;
    private final Settling settling;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean behind;

    private WritableFile(Path path, FileSettings settings, FileHealth health, Settling settling) {
        this.path = path;
        this.settings = settings;
        this.health = health;
        this.settling = settling;
        this.history = new ChangeHistory(
                Definitions.empty(Revision.initial(UUID.randomUUID().toString())), settings.logLength());
        this.log = new LogFile(log(path), path);
        this.file = new LoggedFile(path, log, history, settings, health, settling);
        this.lock = ProcessLock.on(beside(path, ".lock"), settings.patience());
    }

    /**
     * Reads everything for the first time.
     *
     * @param create whether to make a file that is missing
     */
    static WritableFile open(Path path, boolean create, FileSettings settings, FileHealth health, Settling settling)
            throws IOException {
        StoredFile.createLike(beside(path, ".lock"), path);
        WritableFile opened = new WritableFile(path, settings, health, settling);
        try {
            opened.locked(() -> {
                if (create) {
                    opened.file.create();
                }
                opened.file.catchUp();
                opened.adoptIfWhole();
                return path;
            });
            return opened;
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
    }

    /** Where the log of a flag file is. */
    static Path log(Path path) {
        return beside(path, ".log");
    }

    @Override
    public Definitions load() {
        refresh();
        return history.definitions();
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        return locked(() -> {
            file.catchUp();
            CommittedChange done = history.find(changeSet.id());
            if (done != null) {
                return done;
            }
            Stamp agreed = file.adopt();
            NextChange next = NextChange.of(
                    changeSet, history.definitions(), settings.clock().instant());
            file.commit(next, agreed);
            return next.entry();
        });
    }

    @Override
    public ChangeLog changes() {
        return this;
    }

    @Override
    public void poll() throws IOException {
        if (settling.ready(Stamp.of(path)) || behind) {
            locked(() -> {
                file.catchUp();
                adoptIfWhole();
                return path;
            });
        } else {
            refresh();
        }
        health.become(file.problem());
    }

    @Override
    public Revision head() {
        refresh();
        return history.head();
    }

    @Override
    public Revision base() {
        refresh();
        return history.base();
    }

    @Override
    public Read read(Revision after, int limit, Duration wait) throws InterruptedException {
        try {
            refresh();
        } catch (FlagStoreException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException(e.getMessage());
            }
            throw e;
        }
        return history.read(after, limit, wait);
    }

    @Override
    public void retain(String consumer, Revision reached) {
        locked(() -> {
            file.catchUp();
            history.requireRetainable(consumer, reached);
            if (!Long.valueOf(reached.number()).equals(history.retained().get(consumer))) {
                file.append(List.of(new LogRecord.Retain(consumer, reached.number())));
            }
            return path;
        });
    }

    @Override
    public void release(String consumer) {
        locked(() -> {
            file.catchUp();
            if (history.retained().containsKey(consumer)) {
                file.append(List.of(new LogRecord.Release(consumer)));
            }
            return path;
        });
    }

    @Override
    public Map<String, Long> retained() {
        refresh();
        return history.retained();
    }

    @Override
    public void close() {
        history.close();
        if (closed.compareAndSet(false, true)) {
            lock.close();
        }
    }

    /** Reads what others have committed, if anything. */
    private void refresh() {
        history.requireOpen();
        try {
            if (log.changed()) {
                locked(() -> {
                    file.catchUp();
                    return path;
                });
            }
        } catch (IOException e) {
            throw new FlagStoreException(FileHealth.words(e), e);
        }
    }

    private void adoptIfWhole() throws IOException {
        try {
            file.adopt();
        } catch (BrokenFileException e) {
            // Said, and the definitions stay as they were.
        }
    }

    private <T> T locked(ProcessLock.Action<T> action) {
        history.requireOpen();
        return lock.locked(() -> {
            try {
                return action.run();
            } finally {
                behind = file.isBehind();
            }
        });
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }
}
