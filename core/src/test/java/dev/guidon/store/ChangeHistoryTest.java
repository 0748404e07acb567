package dev.guidon.store;

import static dev.guidon.store.Flags.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("A history of changes")
@Timeout(30)
class ChangeHistoryTest {

    private static final Revision START = Revision.initial("epoch");

    private final ChangeHistory history = new ChangeHistory(Definitions.empty(START), 3);

    private Revision commit() {
        Definitions now = history.definitions();
        NextChange next = NextChange.of(put(Flag.bool("a", true), Version.of(now.revision())), now, Instant.EPOCH);
        history.append(next.entry(), next.definitions());
        return next.entry().revision();
    }

    private Read read(Revision after, int limit) throws InterruptedException {
        return history.read(after, limit, Duration.ZERO);
    }

    @Test
    @DisplayName("gives the commits after a revision in order, no more than asked for, and all in parts")
    void order() throws Exception {
        Revision one = commit();
        Revision two = commit();
        Revision three = commit();

        assertThat(read(START, 2))
                .isInstanceOfSatisfying(
                        Read.Changes.class,
                        read -> assertThat(read.changes())
                                .extracting(CommittedChange::revision)
                                .containsExactly(one, two));
        assertThat(read(two, 2))
                .isInstanceOfSatisfying(
                        Read.Changes.class,
                        read -> assertThat(read.changes())
                                .extracting(CommittedChange::revision)
                                .containsExactly(three));
        assertThat(read(three, 2)).isEqualTo(new Read.Changes(java.util.List.of()));
        assertThatThrownBy(() -> read(three, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("says why it does not continue from a revision")
    void gaps() throws Exception {
        Revision one = commit();
        commit();
        commit();
        commit();
        Revision head = commit();

        assertThat(read(START, 1)).isEqualTo(new Read.Gap(Cause.TRIMMED, head));
        assertThat(read(one, 1)).isEqualTo(new Read.Gap(Cause.TRIMMED, head));
        assertThat(read(new Revision("epoch", 2, "other"), 1)).isEqualTo(new Read.Gap(Cause.DIVERGED, head));
        assertThat(read(new Revision("epoch", 4, "other"), 1)).isEqualTo(new Read.Gap(Cause.DIVERGED, head));
        assertThat(read(new Revision("epoch", 6, "later"), 1)).isEqualTo(new Read.Gap(Cause.DIVERGED, head));
        assertThat(read(Revision.NONE, 1)).isEqualTo(new Read.Gap(Cause.OTHER_EPOCH, head));
    }

    @Test
    @DisplayName("keeps what the slowest consumer needs, and nothing more once it has moved on")
    void retained() throws Exception {
        Revision one = commit();
        history.retain("slow", one);
        history.retain("fast", one);
        for (int i = 0; i < 9; i++) {
            commit();
        }
        history.retain("fast", history.head());

        assertThat(((Read.Changes) read(one, 100)).changes()).hasSize(9);
        assertThat(history.retained()).containsExactlyInAnyOrderEntriesOf(Map.of("slow", 1L, "fast", 10L));

        history.release("slow");
        history.release("unknown");
        assertThat(read(one, 100)).isInstanceOf(Read.Gap.class);
        assertThat(((Read.Changes) read(
                                ((Read.Changes) readLast(3)).changes().get(0).revision(), 100))
                        .changes())
                .hasSize(2);
    }

    private Read readLast(int count) {
        KeptHistory kept = history.kept();
        return new Read.Changes(kept.entries()
                .subList(kept.entries().size() - count, kept.entries().size()));
    }

    @Test
    @DisplayName("refuses to be retained from a revision that is not in it")
    void refused() {
        commit();

        assertThatThrownBy(() -> history.retain("x", Revision.NONE))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("OTHER_EPOCH");
        assertThatThrownBy(() -> history.retain("x", new Revision("epoch", 1, "other")))
                .isInstanceOf(FlagStoreException.class)
                .hasMessageContaining("DIVERGED");
        assertThatThrownBy(() -> history.retain(" ", START)).isInstanceOf(IllegalArgumentException.class);
        assertThat(history.retained()).isEmpty();
    }

    @Test
    @DisplayName("can be gone back to its start from any point")
    void start() {
        for (int i = 0; i < 5; i++) {
            commit();
        }

        KeptHistory kept = history.kept();

        assertThat(kept.base().number()).isEqualTo(2);
        assertThat(kept.start().revision()).isEqualTo(kept.base());
        assertThat(kept.start().flags().get("a").version().number()).isEqualTo(2);
    }

    @Test
    @DisplayName("wakes a blocked reader on a commit, on a restart and on closing")
    void wakes() throws Exception {
        CompletableFuture<Read> first = blockedAfter(START);
        Revision one = commit();
        assertThat(((Read.Changes) first.get()).changes()).hasSize(1);

        CompletableFuture<Read> second = blockedAfter(one);
        ChangeHistory other = new ChangeHistory(Definitions.empty(Revision.initial("other")), 3);
        history.restart(other.kept());
        assertThat(second.get()).isEqualTo(new Read.Gap(Cause.OTHER_EPOCH, Revision.initial("other")));

        CompletableFuture<Read> third = blockedAfter(Revision.initial("other"));
        history.close();
        assertThatThrownBy(third::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(FlagStoreException.class);
    }

    private CompletableFuture<Read> blockedAfter(Revision after) {
        CompletableFuture<Read> result = new CompletableFuture<>();
        AtomicReference<Thread> thread = new AtomicReference<>();
        thread.set(new Thread(() -> {
            try {
                result.complete(history.read(after, 10, Duration.ofSeconds(Long.MAX_VALUE)));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        }));
        thread.get().setDaemon(true);
        thread.get().start();
        await().until(() -> thread.get().getState() == Thread.State.TIMED_WAITING);
        return result;
    }

    @Test
    @DisplayName("refuses an entry that does not follow, and another order of another revision")
    void doesNotFollow() {
        Definitions now = history.definitions();
        NextChange next = NextChange.of(put("a", true), now, Instant.EPOCH);
        history.append(next.entry(), next.definitions());

        assertThatThrownBy(() -> history.append(next.entry(), next.definitions()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> history.rearrange(now)).isInstanceOf(IllegalStateException.class);
    }
}
