package dev.guidon.store;

import dev.guidon.definition.Shown;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with a file store right now; says each cause once. Safe for use by many threads. */
final class FileHealth {

    private static final Logger LOG = LoggerFactory.getLogger(FileFlagStore.class);
    private static final String CLOSED = "the store is closed";

    private final Clock clock;
    private volatile StoreStatus status;
    private List<String> notices = List.of();

    FileHealth(Clock clock) {
        this.clock = clock;
        this.status = new StoreStatus(true, clock.instant(), null);
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
        if (problem == null) {
            LOG.info("in order again, after: {}", status.problem());
        } else if (!problem.equals(CLOSED)) {
            LOG.warn("{} (the definitions stay as they were)", problem);
        }
        status = new StoreStatus(problem == null, clock.instant(), problem);
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

    /** What an exception says to people. */
    static String words(Exception e) {
        String message = e.getMessage();
        boolean ours = e instanceof FlagStoreException || e instanceof BrokenFileException;
        return ours && message != null ? message : Shown.message(e.toString());
    }
}
