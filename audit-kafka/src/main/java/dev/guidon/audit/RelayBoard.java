package dev.guidon.audit;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows how a relay is. Only the relay's thread writes it; any may read. */
final class RelayBoard {

    private static final GuardedLog LOG = GuardedLog.of(AuditRelay.class);

    /** What may be wrong while the relay publishes. */
    enum Concern {
        /** The topic is unfit to keep a trail. */
        TOPIC,
        /** The store does not note the position. */
        POSITION
    }

    private final String name;
    private final Clock clock;
    private final AtomicLong failures = new AtomicLong();
    private final Map<Concern, String> concerns = new EnumMap<>(Concern.class);
    private @Nullable String failure;
    private String remark = "";
    private volatile RelayStatus status;

    RelayBoard(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.status = new RelayStatus(State.CONNECTING, now(Instant.EPOCH), null, null, -1, 0);
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
            set(state, before.problem(), before.problem() == null);
            LOG.info("{}: {}", name, state);
        }
    }

    /** Says what is wrong. The same problem is logged once until it is over. */
    void failed(String problem) {
        failures.incrementAndGet();
        failure = problem;
        show();
    }

    /** Says that nothing fails any more. */
    void healthy() {
        if (failure != null) {
            failure = null;
            show();
        }
    }

    /** Says what is wrong though nothing fails; null if it is over. */
    void concern(Concern which, @Nullable String problem) {
        if (!Objects.equals(problem, problem == null ? concerns.remove(which) : concerns.put(which, problem))) {
            show();
        }
    }

    /** Logs what is no problem; the same once. */
    void remark(String text) {
        if (!text.equals(remark)) {
            remark = text;
            LOG.info("{}: {}", name, Shown.message(text));
        }
    }

    private void show() {
        RelayStatus before = status;
        String problems = Stream.concat(Stream.ofNullable(failure), concerns.values().stream())
                .collect(Collectors.joining("; "));
        String problem = problems.isEmpty() ? null : Shown.message(problems);
        if (!Objects.equals(problem, before.problem())) {
            set(before.state(), problem, problem == null || before.problem() == null);
            if (problem == null) {
                LOG.info("{}: well again, {}", name, before.state());
            } else if (before.problem() == null || !gist(problem).equals(gist(before.problem()))) {
                LOG.warn("{}: {}", name, problem);
            }
        }
    }

    private void set(State state, @Nullable String problem, boolean begins) {
        RelayStatus before = status;
        status = new RelayStatus(
                state,
                begins ? now(before.since()) : before.since(),
                problem,
                before.position(),
                before.lag(),
                before.published());
    }

    /** A problem without the times and counts that Kafka tells with it. */
    private static String gist(String problem) {
        return problem.replaceAll("[0-9]+", "0");
    }

    private Instant now(Instant otherwise) {
        try {
            return clock.instant();
        } catch (Throwable e) {
            LOG.warn("{}: the clock has failed", name, e);
            return otherwise;
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
