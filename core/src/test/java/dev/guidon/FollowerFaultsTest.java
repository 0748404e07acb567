package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.ClientStatus.State;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.guard.FailingLog;
import dev.guidon.guard.Fault;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets each fault happen at each call that the threads of a client make to code that is not the client's. */
@DisplayName("The threads of a client")
@Timeout(120)
class FollowerFaultsTest {

    private static final int CALLS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "survive a fault in each call: all changes come into force and reach listeners once, and the status says it")
    void survive(Fault fault) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> runs = Stream.of(FaultyCalls.Site.values())
                    .flatMap(site -> Stream.iterate(1, n -> n <= CALLS, n -> n + 1)
                            .<Future<?>>map(n -> threads.submit(() -> run(new FaultyCalls(site, n, fault)))))
                    .toList();
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void run(FaultyCalls calls) {
        InMemoryFlagStore store = InMemoryFlagStore.builder()
                .namespace(calls.toString())
                .definitions(dev.guidon.definition.Definitions.of(Flag.bool("a", true)))
                .build();
        FlagEditor editor = FlagEditor.of(store, "test");
        Heard heard = new Heard();
        Thread.currentThread().setName(calls.toString());
        try (FailingLog log = new FailingLog(FeatureFlags.class, line -> calls.log());
                FeatureFlags flags = FeatureFlags.builder(calls.store(store))
                        .clock(calls.clock())
                        .listener(calls.listener())
                        .listener(heard)
                        .build()) {
            boolean interrupted = Thread.interrupted();

            editor.set("b", true);
            await(calls, () -> flags.isEnabled("b") && flags.isEnabled("a"));
            editor.set("c", true);
            await(calls, () -> flags.isEnabled("c"));
            await(calls, calls::happened);
            editor.set("d", true);
            await(calls, () -> flags.isEnabled("d"));

            await(calls, () -> flags.status().state() == State.READY && heard.last() == State.READY);
            assertThat(log.lines()).isPositive();
            await(calls, () -> heard.flags.containsAll(List.of("b", "c", "d")));
            assertThat(heard.flags).as("%s", calls).doesNotHaveDuplicates();
            assertThat(heard.commits).as("%s", calls).doesNotHaveDuplicates();
            if (calls.isOfStore() && !interrupted && calls.fault() != Fault.INTERRUPT) {
                assertThat(heard.statuses)
                        .as("%s", calls)
                        .extracting(ClientStatus::problem)
                        .filteredOn(Objects::nonNull)
                        .isNotEmpty();
            }
        }
    }

    private static void await(FaultyCalls calls, java.util.concurrent.Callable<Boolean> condition) {
        org.awaitility.Awaitility.await(calls.toString())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }

    private static final class Heard implements FlagsListener {

        private final List<String> flags = new CopyOnWriteArrayList<>();
        private final List<Revision> commits = new CopyOnWriteArrayList<>();
        private final List<ClientStatus> statuses = new CopyOnWriteArrayList<>();

        State last() {
            return statuses.isEmpty()
                    ? State.NOT_READY
                    : statuses.get(statuses.size() - 1).state();
        }

        @Override
        public void flagsChanged(Revision revision, Set<String> changed) {
            flags.addAll(changed);
        }

        @Override
        public void commitApplied(Revision revision, Instant committed, Instant applied) {
            commits.add(revision);
        }

        @Override
        public void statusChanged(ClientStatus status) {
            statuses.add(status);
        }
    }
}
