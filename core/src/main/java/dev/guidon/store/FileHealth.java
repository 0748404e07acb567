package dev.guidon.store;

import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is wrong with a file store right now; says each cause once. Safe for use by many threads. */
final class FileHealth {

    private static final GuardedLog LOG = GuardedLog.of(FileFlagStore.class);
    private static final String CLOSED = "the store is closed";

    private final Clock clock;
    private volatile StoreStatus status;
    private List<String> notices = List.of();

    FileHealth(Clock clock) {
        this.clock = clock;
        this.status = new StoreStatus(true, now(Instant.EPOCH), null);
    }

    StoreStatus status() {
        return status;
    }

    /**
     * The store is as good as this.
     *
     * @param cause what is wrong, for people; null if nothing is
     */
    synchronized void become(@Nullable String cause) {
        String problem = cause == null ? null : Shown.message(cause);
        if (Objects.equals(status.problem(), problem) || CLOSED.equals(status.problem())) {
            return;
        }
        StoreStatus before = status;
        status = new StoreStatus(problem == null, now(before.since()), problem);
        if (problem == null) {
            LOG.info("in order again, after: {}", before.problem());
        } else if (!problem.equals(CLOSED)) {
            LOG.warn("{} (what cannot be read stays as it was)", problem);
        }
    }

    /** A clock that fails must not keep the status from being right. */
    private Instant now(Instant ifItFails) {
        try {
            return Objects.requireNonNull(clock.instant(), "the clock gave no instant");
        } catch (Throwable failure) {
            LOG.debug("The clock failed", failure);
            return ifItFails;
        }
    }

    /** Things in a file that are worth a warning each, once, but do not harm the rest of it. */
    synchronized void notice(List<String> found) {
        found.stream()
                .filter(notice -> !notices.contains(notice))
                .forEach(notice -> LOG.warn("{}", Shown.message(notice)));
        notices = List.copyOf(found);
    }

    void close() {
        become(CLOSED);
    }

    /** What a failure says to people; its class if it cannot say anything. */
    static String words(Throwable e) {
        try {
            String message = e.getMessage();
            boolean ours = e instanceof FlagStoreException || e instanceof BrokenFileException;
            return ours && message != null ? message : Shown.message(e.toString());
        } catch (Throwable unspeakable) {
            return e.getClass().getName();
        }
    }
}
