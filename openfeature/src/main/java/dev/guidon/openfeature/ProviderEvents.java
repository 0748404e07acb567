package dev.guidon.openfeature;

import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import dev.openfeature.sdk.Awaitable;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableMetadata;
import dev.openfeature.sdk.ProviderEvent;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.exceptions.FatalError;
import dev.openfeature.sdk.exceptions.GeneralError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What OpenFeature is told, from an initialisation to the next shutdown: each status once, and each change of flags. The SDK hands events
 * to threads of its own, where one could overtake another, so each is waited for before the next.
 */
final class ProviderEvents implements FlagsListener, AutoCloseable {

    private static final GuardedLog LOG = GuardedLog.of(GuidonProvider.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /**
     * The SDK takes a provider for ready, or for faulty, at a moment after the end of {@code initialize} that it does not tell. What is
     * told before that it overwrites.
     */
    private static final long SETTLING_MILLIS = 100;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final FeatureFlags flags;
    private final BiFunction<ProviderEvent, ProviderEventDetails, Awaitable> emit;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<String> untold = new TreeSet<>();
    private @Nullable State told;
    private Revision initial = Revision.NONE;
    private Instant settledAt = Instant.MIN;
    private boolean settled;

    ProviderEvents(FeatureFlags flags, BiFunction<ProviderEvent, ProviderEventDetails, Awaitable> emit) {
        this.flags = flags;
        this.emit = emit;
        flags.addListener(this);
    }

    /**
     * Waits until there are flags. After a failure they are still waited for, and told.
     *
     * @throws GeneralError if there are none within the limit, or the thread is interrupted, or this is closed
     * @throws FatalError if the flags are closed
     */
    void initialize(Duration limit) {
        long start = System.nanoTime();
        long most = TimeUnit.NANOSECONDS.convert(limit);
        while (!flags.isClosed()) {
            ClientStatus status = flags.status();
            if (status.state() == State.READY || status.state() == State.STALE) {
                initialized(State.READY);
                return;
            }
            long left = most - (System.nanoTime() - start);
            if (left <= 0 || pause(Math.min(left, POLL_NANOS))) {
                initialized(State.ERROR);
                throw new GeneralError((left <= 0 ? "" : interruption(System.nanoTime() - start))
                        + "there were no flags" + (left <= 0 ? " within " : " yet, limit ") + Shown.duration(limit)
                        + ": "
                        + (status.problem() == null ? "the first load goes on" : status.problem()));
            }
        }
        throw new FatalError("the flags are closed");
    }

    private String interruption(long nanos) {
        return (closed.getCount() == 0 ? "the provider was shut down" : "the thread was interrupted") + " after "
                + Shown.duration(Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(nanos))) + "; ";
    }

    /** {@return whether it is time to give up} */
    private boolean pause(long nanos) {
        try {
            // Not woken by the listeners' thread, which may be waiting for a lock that the SDK holds while it
            // initialises.
            return closed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private synchronized void initialized(State as) {
        told = as;
        initial = flags.revision();
        settled = false;
        Thread settling = new Thread(this::settle, "guidon-openfeature-settling");
        settling.setDaemon(true);
        settling.start();
    }

    /** What goes wrong in the SDK is tried again: otherwise the application would keep an old status. */
    private void settle() {
        long pause = SETTLING_MILLIS;
        while (!pauseToTheEnd(pause)) {
            try {
                settled();
                return;
            } catch (Throwable failure) {
                LOG.warn("OpenFeature cannot be told how the flags are, which is tried again", failure);
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
        }
    }

    /** Waits, whoever interrupts the thread. {@return whether this is closed} */
    private boolean pauseToTheEnd(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0 && closed.getCount() > 0; left = end - System.nanoTime()) {
            Thread.interrupted();
            pause(left);
        }
        Thread.interrupted();
        return closed.getCount() == 0;
    }

    private synchronized void settled() {
        settled = true;
        ClientStatus status = flags.status();
        settledAt = status.since();
        tellFlags(flags.revision());
        tellStatus(status);
    }

    @Override
    public synchronized void flagsChanged(Revision revision, Set<String> changed) {
        boolean seen = revision.epoch().equals(initial.epoch()) && revision.number() <= initial.number();
        if (told != null && (settled || !seen)) {
            untold.addAll(changed);
            if (settled) {
                tellFlags(revision);
            }
        }
    }

    @Override
    public synchronized void statusChanged(ClientStatus status) {
        if (settled && !status.since().isBefore(settledAt)) {
            tellStatus(status);
        }
    }

    private void tellFlags(Revision revision) {
        if (!untold.isEmpty()) {
            tell(
                    ProviderEvent.PROVIDER_CONFIGURATION_CHANGED,
                    ProviderEventDetails.builder()
                            .flagsChanged(List.copyOf(untold))
                            .eventMetadata(ImmutableMetadata.builder()
                                    .addLong("revision", revision.number())
                                    .build())
                            .build());
            untold.clear();
        }
    }

    private void tellStatus(ClientStatus status) {
        // Flags that are closed go on answering, but no change will come.
        State state = status.state() == State.NOT_READY ? State.STALE : status.state();
        if (state != told) {
            tell(event(state), details(state, status.problem()));
            told = state;
        }
    }

    private static ProviderEvent event(State state) {
        return switch (state) {
            case READY -> ProviderEvent.PROVIDER_READY;
            case ERROR -> ProviderEvent.PROVIDER_ERROR;
            case STALE, NOT_READY -> ProviderEvent.PROVIDER_STALE;
        };
    }

    static ProviderEventDetails details(State state, @Nullable String problem) {
        return ProviderEventDetails.builder()
                .message(problem)
                .errorCode(state == State.ERROR ? ErrorCode.GENERAL : null)
                .build();
    }

    private void tell(ProviderEvent event, ProviderEventDetails details) {
        if (closed.getCount() > 0) {
            emit.apply(event, details).await();
        }
    }

    /** Nothing is told any more. */
    @Override
    public void close() {
        flags.removeListener(this);
        closed.countDown();
    }
}
