package dev.guidon.audit;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Copies every change of a store into a Kafka topic, exactly once and in order.
 *
 * <pre>{@code
 * AuditRelay relay = AuditRelay.builder(store)
 *         .topic(AuditTopic.named("flag-audit"))
 *         .kafka(Map.of("bootstrap.servers", "localhost:9092"))
 *         .start();
 * }</pre>
 *
 * <p>Any number of relays may run for a namespace, one in every instance of an application for example: one of them is active, and the
 * others take over when it ends. A relay works on a thread of its own. Neither commits nor evaluation wait for it; while Kafka cannot be
 * reached the store's log is kept, and what has accumulated is published afterwards.
 *
 * <p>What it needs of Kafka, what it does when something fails, and the format of the records are described in
 * {@code docs/audit-kafka.md}. Safe for use by many threads.
 */
public final class AuditRelay implements AutoCloseable {

    private static final Duration FIRST_RETRY = Duration.ofMillis(200);

    /** After so long a failure is a new one, not the last one again. */
    private static final Duration WELL_AFTER = Duration.ofMinutes(2);

    /** For so long what is being published may be finished when the relay is closed. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    final FlagStore store;
    final AuditTopic topic;
    final RelayBoard board;
    private final ClientSettings settings;
    private final Duration longestRetry;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable RelaySession session;

    private AuditRelay(Builder builder) {
        store = builder.store;
        topic = builder.topic;
        settings = new ClientSettings(builder.kafka, "guidon-audit-" + store.namespace() + "/" + topic.name());
        settings.validate();
        longestRetry = builder.longestRetry;
        clock = builder.clock;
        board = new RelayBoard("audit of " + store.namespace() + " in " + topic.name(), clock);
        thread = new Thread(this::run, "guidon-" + store.namespace() + "-audit");
        thread.setDaemon(true);
    }

    /**
     * Sets up a relay.
     *
     * @param store where the changes are; it is the caller's to close, after the relay
     * @return a builder
     */
    public static Builder builder(FlagStore store) {
        return new Builder(store);
    }

    /**
     * What the relays of a topic are called where the store keeps its log for them.
     *
     * @param topic the topic's name
     * @return a name for {@link dev.guidon.store.ChangeLog#retain}
     */
    public static String consumerName(String topic) {
        return "audit-kafka:" + topic;
    }

    /**
     * Tells the store that there will be no relay to a topic any more, so that it need not keep its log for it. A relay that is started
     * again later publishes what the log still holds.
     *
     * @param store the store
     * @param topic the topic's name
     * @throws FlagStoreException if the store cannot be reached
     */
    public static void unregister(FlagStore store, String topic) {
        store.changes().release(consumerName(topic));
    }

    /** How many revisions no relay has told the store to be in the topic; -1 if the store does not answer. */
    static long lag(FlagStore store, String topic) {
        try {
            ChangeLog log = store.changes();
            Long reached = log.retained().get(consumerName(topic));
            long head = log.head().number();
            return Math.max(0, head - (reached == null ? log.base().number() : reached));
        } catch (FlagStoreException e) {
            return -1;
        }
    }

    /** {@return how it is; never blocks} */
    public RelayStatus status() {
        return board.status();
    }

    /**
     * Ends it, within a few seconds. What it has not published is published by the next relay. Doing it again does nothing.
     */
    @Override
    public void close() {
        closed.countDown();
        boolean interrupted = false;
        RelaySession current = session;
        if (current != null) {
            current.end();
        }
        long start = System.nanoTime();
        while (thread.isAlive() && Thread.currentThread() != thread) {
            try {
                thread.join(GRACE.toMillis());
            } catch (InterruptedException e) {
                interrupted = true;
            }
            RelaySession hanging = session;
            if (hanging != null && (interrupted || System.nanoTime() - start > GRACE.toNanos())) {
                hanging.abort();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return the namespace and the topic} */
    @Override
    public String toString() {
        return "AuditRelay[" + store.namespace() + " to " + topic.name() + "]";
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        try {
            do {
                long published = board.status().published();
                long start = System.nanoTime();
                stay();
                boolean wasWell =
                        board.status().published() > published || System.nanoTime() - start > WELL_AFTER.toNanos();
                retry = wasWell ? FIRST_RETRY : longer(retry);
            } while (!closed.await(retry.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RelayStoppedException e) {
            board.failed(describe(e));
        } catch (InterruptedException e) {
            board.failed("the relay's thread was interrupted");
        } catch (Error e) {
            board.failed("the relay has ended: " + e);
            throw e;
        } finally {
            board.state(State.STOPPED);
        }
    }

    private void stay() throws InterruptedException {
        try (RelaySession current = new RelaySession(store, topic, settings, board, clock)) {
            session = current;
            if (!isClosed()) {
                current.run();
            }
        } catch (RelayStoppedException e) {
            throw e;
        } catch (RuntimeException e) {
            // Whatever it is: only the next attempt can tell whether it is over, and until then the status tells it.
            if (!isClosed()) {
                board.state(State.CONNECTING);
                board.lag(lag(store, topic.name()));
                board.failed(settings.masked(describe(e)));
            }
        } finally {
            session = null;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private Duration longer(Duration retry) {
        Duration twice = retry.multipliedBy(2);
        return twice.compareTo(longestRetry) < 0 ? twice : longestRetry;
    }

    /** What happened and why, as far down as it says something new. */
    private static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(text(failure));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (text.indexOf(text(cause)) < 0) {
                text.append(": ").append(text(cause));
            }
        }
        return text.toString();
    }

    private static String text(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    /** Sets up an {@link AuditRelay}. Not safe for use by several threads. */
    public static final class Builder {

        private final FlagStore store;
        private AuditTopic topic = AuditTopic.named("guidon-audit");
        private Map<String, Object> kafka = Map.of();
        private Duration longestRetry = Duration.ofSeconds(10);
        private Clock clock = Clock.systemUTC();

        private Builder(FlagStore store) {
            this.store = store;
        }

        /**
         * Where the trail goes.
         *
         * @param newTopic the topic; {@code guidon-audit} unless set
         * @return this builder
         */
        public Builder topic(AuditTopic newTopic) {
            topic = newTopic;
            return this;
        }

        /**
         * Settings of Kafka's clients, for producer, consumer and admin client alike: {@code bootstrap.servers}, TLS, SASL, compression and
         * all others, but for those that exactly-once depends on. {@code group.id} and {@code transactional.id} must be the same for all
         * relays of a namespace.
         *
         * @param newSettings the settings; copied
         * @return this builder
         */
        public Builder kafka(Map<String, ?> newSettings) {
            kafka = new HashMap<>(newSettings);
            return this;
        }

        /**
         * How long to wait at most before trying again after a failure of Kafka. The first wait is shorter, and each is twice the one before.
         *
         * @param longest more than zero; 10 seconds unless set
         * @return this builder
         * @throws IllegalArgumentException if it is not
         */
        public Builder longestRetry(Duration longest) {
            if (longest.isNegative() || longest.isZero()) {
                throw new IllegalArgumentException("longestRetry: found " + longest + "; allowed: more than zero");
            }
            longestRetry = longest;
            return this;
        }

        /**
         * What tells since when something is so, and when a break of the trail was noticed. Changes carry the time of the store.
         *
         * @param newClock the clock; the system's clock unless set
         * @return this builder
         */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /**
         * Starts the relay. It need not reach Kafka or the store yet.
         *
         * @return a relay that runs
         * @throws IllegalArgumentException if a setting of Kafka cannot be as it is
         */
        public AuditRelay start() {
            AuditRelay relay = new AuditRelay(this);
            relay.thread.start();
            return relay;
        }
    }
}
