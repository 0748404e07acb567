package dev.guidon.audit;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
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

    private static final GuardedLog LOG = GuardedLog.of(AuditRelay.class);

    private static final long FIRST_RETRY_MILLIS = 200;

    /** After so long a failure is a new one, not the last one again. */
    private static final Duration WELL_AFTER = Duration.ofMinutes(2);

    /** For so long what is being published may be finished when the relay is closed. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    final FlagStore store;
    final AuditTopic topic;
    final RelayBoard board;
    private final ClientSettings settings;
    private final Registration registration;
    private final long longestRetryMillis;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private volatile @Nullable RelaySession session;

    private AuditRelay(Builder builder) {
        store = builder.store;
        topic = builder.topic;
        settings = new ClientSettings(builder.kafka, "guidon-audit-" + store.namespace() + "/" + topic.name());
        settings.validate();
        registration = new Registration(store, topic.name());
        longestRetryMillis = builder.longestRetry.toMillis();
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
     * Tells the store that there will be no relay to a topic any more, so that it need not keep its log for it. A relay that is started
     * again later publishes what the log still holds.
     *
     * @param store the store
     * @param topic the topic's name
     * @throws FlagStoreException if the store cannot be reached
     */
    public static void unregister(FlagStore store, String topic) {
        Registration.release(store, topic);
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
        long retry = FIRST_RETRY_MILLIS;
        boolean goesOn = true;
        while (goesOn && !isClosed()) {
            long published = board.status().published();
            long start = System.nanoTime();
            try {
                goesOn = stay();
            } catch (Throwable e) {
                // Whatever it is: only the next attempt can tell whether it is over, and until then the status shows
                // it.
                survive(e);
            }
            boolean wasWell =
                    board.status().published() > published || System.nanoTime() - start > WELL_AFTER.toNanos();
            retry = wasWell ? FIRST_RETRY_MILLIS : Math.min(2 * retry, longestRetryMillis);
            if (goesOn) {
                pause(retry);
            }
        }
        survives(() -> board.state(State.STOPPED));
    }

    /** One stay in the group. False if there is to be no other. */
    private boolean stay() throws InterruptedException {
        try (RelaySession current = new RelaySession(registration, topic, settings, board, clock)) {
            session = current;
            if (!isClosed()) {
                current.run();
            }
            return true;
        } catch (RelayStoppedException e) {
            board.failed(describe(e));
            return false;
        } finally {
            session = null;
        }
    }

    private void survive(Throwable failure) {
        // An interrupt by a stranger must not end what follows.
        Thread.interrupted();
        if (isClosed()) {
            return;
        }
        boolean said = survives(() -> {
            board.state(State.CONNECTING);
            board.failed(settings.masked(describe(failure)));
        });
        if (!said) {
            survives(() -> board.failed("the relay has failed, and cannot say why"));
        }
        survives(() -> board.lag(registration.lag()));
    }

    private void pause(long millis) {
        survives(() -> {
            try {
                closed.await(millis, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                LOG.debug("{}: a stranger has interrupted a pause", this);
            }
        });
    }

    /** Whether something is done without a failure. The loop must survive what it does after a failure, too. */
    private static boolean survives(Runnable action) {
        try {
            action.run();
            return true;
        } catch (Throwable e) {
            return false;
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
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
        boolean namesItself = failure instanceof RuntimeException && failure.getMessage() != null;
        return namesItself ? String.valueOf(failure.getMessage()) : failure.toString();
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
                throw new IllegalArgumentException(
                        "longestRetry: found " + Shown.duration(longest) + "; allowed: more than zero");
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
