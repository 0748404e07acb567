package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A running application: a store, and the flags that follow it. The flag {@code steady} is asked all the time, once it is on. */
final class Instance implements AutoCloseable {

    static final EvaluationContext USER = EvaluationContext.of("u-1");

    /** For who asks for a member first of all, which also connects and so takes longer than an evaluation may. */
    static final MemberCaching PATIENT = new MemberCaching(
            1_000, MemberCaching.DEFAULT.refresh(), MemberCaching.DEFAULT.expiry(), Duration.ofSeconds(5));

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RedisFlagStore store;
    private final FeatureFlags flags;
    private final List<State> states = new CopyOnWriteArrayList<>();
    private final Queue<Boolean> answers = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();

    Instance(RedisFlagStore store) {
        this.store = store;
        this.flags = FeatureFlags.builder(store)
                .listener(new FlagsListener() {
                    @Override
                    public void statusChanged(ClientStatus status) {
                        states.add(status.state());
                    }
                })
                .build();
    }

    RedisFlagStore store() {
        return store;
    }

    FeatureFlags flags() {
        return flags;
    }

    FlagEditor editor() {
        return FlagEditor.of(store, "ann");
    }

    boolean isOn(String flag) {
        return flags.getBooleanValue(flag, false, USER);
    }

    /** Makes the steady flag and begins to ask for it. */
    @SuppressWarnings("FutureReturnValueIgnored") // What it finds is collected.
    void askSteadily() {
        awaitApplied(editor().set("steady", true));
        asking.scheduleWithFixedDelay(() -> answers.add(isOn("steady")), 0, 1, TimeUnit.MILLISECONDS);
    }

    /** Nobody was ever told anything else, and they did ask. */
    void assertAnsweredSteadily() {
        assertThat(answers).hasSizeGreaterThan(100).doesNotContain(false);
    }

    void awaitApplied(Revision revision) {
        await().atMost(PATIENCE).until(() -> flags.revision().equals(revision));
    }

    void awaitState(State state) {
        await().atMost(PATIENCE).until(() -> flags.status().state() == state);
    }

    /** Went through these states in this order, whatever came between. */
    void assertWentThrough(State... expected) {
        assertThat(states).containsSubsequence(expected);
    }

    /** Commits a flag from another place as soon as there is one that accepts it. */
    static Revision setWhenPossible(RedisFlagStore store, String flag, boolean on) {
        return await().ignoreExceptions()
                .atMost(PATIENCE)
                .until(() -> FlagEditor.of(store, "bob").set(flag, on), revision -> revision.number() > 0);
    }

    /** A change set that makes a flag. */
    static ChangeSet creating(String flag) {
        return ChangeSet.of("ann", null, List.of(new Change.Put(Flag.bool(flag, true), Version.NONE)));
    }

    @Override
    public void close() {
        asking.shutdownNow();
        flags.close();
        store.close();
    }
}
