package dev.guidon.audit;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how a relay is. Only the relay's thread writes it; any may read. */
final class RelayBoard {

    private static final Logger LOG = LoggerFactory.getLogger(AuditRelay.class);

    private final String name;
    private final Clock clock;
    private final AtomicLong failures = new AtomicLong();
    private volatile RelayStatus status;

    RelayBoard(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.status = new RelayStatus(State.CONNECTING, clock.instant(), null, null, -1, 0);
    }

    RelayStatus status() {
        return status;
    }

    /** How often something was wrong, be it the same or not. */
    long failures() {
        return failures.get();
    }

    /** Says what the relay does; a problem stays. */
    void state(State state) {
        RelayStatus before = status;
        if (before.state() != state) {
            status = new RelayStatus(
                    state,
                    before.problem() == null ? clock.instant() : before.since(),
                    before.problem(),
                    before.position(),
                    before.lag(),
                    before.published());
            LOG.info("{}: {}", name, state);
        }
    }

    /** Says what is wrong. The same problem is logged once until it is over. */
    void failed(String problem) {
        failures.incrementAndGet();
        RelayStatus before = status;
        if (!Shown.message(problem).equals(before.problem())) {
            status = new RelayStatus(
                    before.state(),
                    before.problem() == null ? clock.instant() : before.since(),
                    problem,
                    before.position(),
                    before.lag(),
                    before.published());
            if (before.problem() == null || !gist(problem).equals(gist(before.problem()))) {
                LOG.warn("{}: {}", name, status.problem());
            }
        }
    }

    /** A problem without the times and counts that Kafka tells with it. */
    private static String gist(String problem) {
        return problem.replaceAll("[0-9]+", "0");
    }

    /** Says that nothing is wrong any more. */
    void healthy() {
        RelayStatus before = status;
        if (before.problem() != null) {
            status = new RelayStatus(
                    before.state(), clock.instant(), null, before.position(), before.lag(), before.published());
            LOG.info("{}: well again, {}", name, before.state());
        }
    }

    /** Says how much is missing in the topic; -1 if that is not known. */
    void lag(long lag) {
        progress(status.position(), lag, 0);
    }

    void progress(@Nullable Revision position, long lag, long more) {
        RelayStatus before = status;
        status = new RelayStatus(
                before.state(), before.since(), before.problem(), position, lag, before.published() + more);
    }
}
