package dev.guidon.audit;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.audit.RelayBoard.Concern;
import dev.guidon.audit.TrailWriter.Batch;
import dev.guidon.definition.Revision;
import dev.guidon.guard.GuardedLog;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Copies the store's log into the topic, from where the last relay has ended. All relays of a namespace use one transactional id, so that
 * opening a publisher shuts out every earlier one and ends its transaction, and the group's generation shuts out one that has lost its
 * place. Records and position are in one transaction.
 */
final class Publisher implements AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(AuditRelay.class);

    private static final Duration RETAIN_EVERY = Duration.ofSeconds(1);

    /** How often the store is told the same position again, in case it has forgotten. */
    private static final Duration REMIND_EVERY = Duration.ofSeconds(10);

    private static final int PAGE = 1_000;
    private static final int MOST_READ = 1_000;

    /** So many bytes go into one transaction, and one change set more. */
    private static final long TRANSACTION_BYTES = 4L * 1024 * 1024;

    private final Registration registration;
    private final AuditTopics topics;
    private final ChangeLog log;
    private final LogWait next;
    private final TrailWriter writer;
    private final ClientSettings settings;
    private final GroupPosition group;
    private final RelayBoard board;
    private final Clock clock;
    private final TrailProducer producer;

    private volatile Runnable reading = () -> {};
    private Position position;
    /** Grows, so that after a failure what can be published is, up to a change that cannot. */
    private int limit = 1;

    private long retainedAt;
    private Revision retainedRevision = Revision.NONE;

    /** A publisher that has yet to {@link #open()}. */
    Publisher(
            Registration registration,
            AuditTopics topics,
            GroupPosition group,
            ClientSettings settings,
            RelayBoard board,
            Clock clock) {
        this.registration = registration;
        this.topics = topics;
        this.log = registration.store().changes();
        this.next = new LogWait(log);
        this.writer = new TrailWriter(group.topic(), registration.store().namespace());
        this.settings = settings;
        this.group = group;
        this.board = board;
        this.clock = clock;
        this.position = Position.before(Revision.NONE);
        // The last, since it has to be closed.
        this.producer = new TrailProducer(topics, group, settings);
    }

    /**
     * Shuts out other publishers, and finds out where the trail is.
     *
     * @throws KafkaException if Kafka does not answer
     * @throws FlagStoreException if the store does not
     * @throws RelayStoppedException if relays are to stop since another topic was published to
     */
    void open() {
        producer.open();
        Position known = group.read();
        if (known == null) {
            topics.admit(group.topicId(), registration.topicIds());
            known = published().end();
        }
        if (known != null) {
            position = known;
        } else {
            start();
        }
        registration.publishes(group.topicId());
        board.progress(position.revision(), -1, 0);
    }

    private void start() {
        Revision base = log.base();
        if (base.equals(Revision.NONE)) {
            throw new FlagStoreException("the namespace " + writer.namespace() + " does not exist yet");
        }
        position = Position.before(base);
    }

    /**
     * Publishes what comes next.
     *
     * @param wait how long to wait for it, unless {@link #endWait()} is called
     * @return false if the group is being arranged anew, so that nothing could be published: who is still the owner then, repeats it
     * @throws KafkaException if it could not be published, or it is not known whether it was: then this publisher is of no use any more
     * @throws FlagStoreException if the store does not answer; can be repeated
     */
    boolean publishNext(Duration wait) throws InterruptedException {
        boolean done;
        if (position.sequence() == 0 && position.revision().number() > 0) {
            done = broken(Break.Cause.GAP, position.revision());
        } else {
            Read read = next.read(position.revision(), limit, wait);
            if (read == null) {
                return true;
            }
            done = read instanceof Read.Changes changes ? publish(changes.changes()) : resume((Read.Gap) read);
        }
        retain();
        return done;
    }

    /** Ends the wait for a change, this one and all others; may be called by any thread. */
    void endWait() {
        next.end();
    }

    private boolean publish(List<CommittedChange> changes) {
        if (changes.isEmpty()) {
            topics.require(group.topicId());
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        Position next = position;
        long bytes = 0;
        long total = 0;
        for (CommittedChange change : changes) {
            Batch batch = writer.write(change, next);
            records.addAll(batch.records());
            next = batch.next();
            bytes += batch.bytes();
            if (bytes >= TRANSACTION_BYTES) {
                if (!commit(records, next)) {
                    return false;
                }
                total += bytes;
                bytes = 0;
                records.clear();
            }
        }
        if (!records.isEmpty() && !commit(records, next)) {
            return false;
        }
        long lag = changes.size() < limit
                ? 0
                : log.head().number() - position.revision().number();
        adapt(changes.size(), total + bytes);
        board.progress(position.revision(), Math.max(0, lag), 0);
        return true;
    }

    /** Reads as much at once as goes into a transaction or two. */
    private void adapt(int changes, long bytes) {
        if (bytes > 2 * TRANSACTION_BYTES) {
            limit = Math.max(1, limit / 2);
        } else if (changes == limit) {
            limit = Math.min(MOST_READ, limit * 2);
        }
    }

    private boolean commit(List<ProducerRecord<byte[], byte[]>> records, Position next) {
        if (!producer.publish(records, next)) {
            return false;
        }
        position = next;
        board.progress(next.revision(), board.status().lag(), records.size());
        return true;
    }

    /** Goes on where the store does not continue. */
    private boolean resume(Read.Gap gap) {
        if (gap.head().equals(Revision.NONE)) {
            throw new FlagStoreException("the namespace " + writer.namespace() + " does not exist any more");
        }
        if (gap.cause() == Cause.TRIMMED) {
            Revision base = log.base();
            if (!base.epoch().equals(position.revision().epoch())
                    || base.number() <= position.revision().number()) {
                // Published again and again otherwise.
                throw new FlagStoreException(
                        "the log begins after " + base + ", and does not continue after " + position.revision());
            }
            return broken(Break.Cause.GAP, base);
        }
        List<Revision> kept = kept();
        Revision common = published().newest(kept);
        return broken(Break.Cause.DIVERGED, common == null ? kept.get(0) : common);
    }

    private PublishedTrail published() {
        return PublishedTrail.read(settings, writer.topic(), writer.namespace(), stop -> reading = stop);
    }

    /** All revisions that the log can be read after. */
    private List<Revision> kept() {
        List<Revision> kept = new ArrayList<>(List.of(log.base()));
        try {
            while (true) {
                Read read = log.follow(kept.get(kept.size() - 1), PAGE, Duration.ZERO);
                if (!(read instanceof Read.Changes changes)) {
                    throw new FlagStoreException("the log was trimmed while it was read");
                }
                if (changes.changes().isEmpty()) {
                    return kept;
                }
                changes.changes().forEach(change -> kept.add(change.revision()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FlagStoreException("interrupted while the log was read", e);
        }
    }

    private boolean broken(Break.Cause cause, Revision to) {
        LOG.warn(
                "{}: the trail is broken ({}): it was at {} and goes on after {}",
                writer.namespace(),
                cause,
                position.sequence() == 0 ? "its beginning" : position.revision(),
                to);
        Batch batch = writer.write(cause, position, to, clock.instant());
        return commit(batch.records(), batch.next());
    }

    /** A store that refuses to note the position loses nothing: its log is kept from the last one that it noted. */
    private void retain() {
        long now = System.nanoTime();
        Duration every = position.revision().equals(retainedRevision) ? REMIND_EVERY : RETAIN_EVERY;
        if (retainedAt == 0 || now - retainedAt > every.toNanos()) {
            retainedAt = now;
            try {
                registration.note(position.revision());
                retainedRevision = position.revision();
                board.concern(Concern.POSITION, null);
            } catch (FlagStoreException e) {
                board.concern(
                        Concern.POSITION,
                        "it publishes, but cannot note its position in the store, which keeps its log from the last one on: "
                                + e.getMessage());
            }
        }
    }

    /** Ends whatever goes on, from any thread; again if something else has begun meanwhile. */
    void abort() {
        reading.run();
        producer.abort();
    }

    @Override
    public void close() {
        producer.close();
    }
}
