package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

@DisplayName("The contract of flag stores")
@Timeout(120)
class FlagStoreContractTest {

    /** What {@link Broken} opens; the tests of this class run one after the other. */
    private static final AtomicReference<Supplier<DelegatingStore>> STORES =
            new AtomicReference<>(DelegatingStore::new);

    private static final AtomicReference<Duration> PATIENCE = new AtomicReference<>(Duration.ofSeconds(30));

    static List<Arguments> brokenStores() {
        return List.of(
                broken(BrokenCommits.LosesUpdates::new, "no update of concurrent writers is lost"),
                broken(
                        BrokenCommits.StopsHalfway::new,
                        "a conflict in the last change leaves nothing of the whole change set"),
                broken(
                        BrokenCommits.CommitsTwice::new,
                        "a change set that is committed again gives its first commit and changes nothing, on every connection"),
                broken(
                        BrokenCommits.RemembersRefusals::new,
                        "a change set that was refused is not remembered: the same id can be committed later"),
                broken(
                        BrokenCommits.NamesOneConflict::new,
                        "all conflicts are named at once, with the versions expected and found"),
                broken(
                        BrokenReads.ReversesTheLog::new,
                        "the log gives what was committed, in order, each commit following the one before"),
                broken(
                        BrokenReads.LeavesCommitsOut::new,
                        "who tails the log while commits run gets every one once, in order, and arrives at what is loaded"),
                broken(
                        BrokenReads.LoadsInPieces::new,
                        "what is loaded while commits run is one revision: flags that change together are equal"),
                broken(
                        BrokenReads.LoadsLate::new,
                        "a commit is in every load that begins after it was acknowledged, on every connection"),
                broken(
                        BrokenReads.TrimsPastConsumers::new,
                        "the log is never trimmed past the slowest consumer that it is kept for"),
                broken(
                        BrokenReads.HangsOnTail::new,
                        "a waiting read is woken by the next commit, also by one on another connection"),
                broken(BrokenReads.HidesGaps::new, "a reader that has seen what the store does not have is told so"),
                broken(
                        BrokenReads.ReusesVersions::new,
                        "a definition that was removed and created again has a version that it never had"),
                broken(BrokenCommits.Normalises::new, "a definition that cannot be read is kept byte for byte"),
                broken(
                        BrokenReads.ForgetsUnknownFields::new,
                        "fields that nobody knows are kept, with every digit of their numbers"),
                broken(BrokenReads.WorksWhenClosed::new, "a closed store refuses everything with a FlagStoreException"),
                broken(BrokenReads.DoesNotWakeReaders::new, "closing wakes waiting reads, with a FlagStoreException"),
                broken(BrokenReads.GuessesMembers::new, "members of a segment that nobody loaded are unknown"));
    }

    private static Arguments broken(Supplier<DelegatingStore> store, String caughtBy) {
        return Arguments.of(store.get().getClass().getSimpleName(), store, caughtBy);
    }

    @Test
    @DisplayName("finds nothing wrong with a store that keeps it")
    void good() {
        assertThat(failures(DelegatingStore::new, Duration.ofSeconds(30))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: \"{2}\"")
    @MethodSource("brokenStores")
    @DisplayName("catches a store that breaks it")
    void catches(String name, Supplier<DelegatingStore> store, String caughtBy) {
        assertThat(failures(store, Duration.ofSeconds(1))).contains(caughtBy);
    }

    private static Set<String> failures(Supplier<DelegatingStore> store, Duration patience) {
        STORES.set(store);
        PATIENCE.set(patience);
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Broken.class))
                .execute();
        assertThat(results.testEvents().started().count()).isGreaterThan(40);
        return results.testEvents().failed().stream()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Run by the tests above, and not by Surefire, which leaves nested classes to their outer class. */
    static class Broken extends FlagStoreContract {

        @Override
        protected FlagStore open() {
            return STORES.get().get();
        }

        @Override
        protected Optional<FlagStore> openWithLogLength(int logLength) {
            return Optional.of(STORES.get().get().keeping(logLength));
        }

        @Override
        protected Duration patience() {
            return PATIENCE.get();
        }
    }
}
