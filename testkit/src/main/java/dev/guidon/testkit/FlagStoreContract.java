package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.evaluation.Truth;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.StoreStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every {@link FlagStore} must do, as tests. A backend extends this class and says how its store is opened:
 *
 * <pre>
 * class MyFlagStoreTest extends FlagStoreContract {
 *     &#64;Override
 *     protected FlagStore open() {
 *         return new MyFlagStore(freshData());
 *     }
 *
 *     &#64;Override
 *     protected FlagStore openAnother(FlagStore store) {
 *         return new MyFlagStore(sameData());
 *     }
 * }
 * </pre>
 *
 * The names of the tests, read one after the other, are the contract. Tests for which a hook is not overridden are skipped and
 * say so. No test sleeps; what should happen soon is waited for as long as {@link #patience} says.
 */
@Timeout(120)
public abstract class FlagStoreContract extends LossContract {

    /** For subclasses. */
    protected FlagStoreContract() {}

    @Test
    @DisplayName("an open store is available and says since when")
    void available() {
        StoreStatus status = store.status();

        assertThat(status.available()).isTrue();
        assertThat(status.problem()).isNull();
        assertThat(status.since()).isNotNull();
    }

    @Test
    @DisplayName("all connections have the same namespace")
    void namespace() throws Exception {
        assertThat(store.namespace()).isNotBlank().isEqualTo(another().namespace());
    }

    @Test
    @DisplayName("has one origin, on one line, whoever opens it; none if it ends with the process")
    void origin() throws Exception {
        String origin = store.origin();

        assertThat(another().origin()).isEqualTo(origin);
        assertThat(origin)
                .satisfiesAnyOf(
                        none -> assertThat(none).isNull(),
                        line -> assertThat(line).isNotBlank().isEqualTo(Shown.whole(line)));
    }

    @Test
    @DisplayName("closing again does nothing, and a closed store is not available")
    void closedTwice() {
        store.close();
        store.close();

        assertThat(store.status().available()).isFalse();
        assertThat(store.status().problem()).isNotBlank();
    }

    @Test
    @DisplayName("a closed store refuses everything with a FlagStoreException")
    void closedRefuses() {
        ChangeLog log = store.changes();
        Revision head = log.head();
        store.close();

        for (ThrowingCallable call : List.<ThrowingCallable>of(
                store::load,
                () -> create(store, "a"),
                log::head,
                log::base,
                () -> log.read(head, 1, Duration.ZERO),
                () -> log.read(head, 1, Duration.ofMinutes(10)),
                () -> log.retain("relay", head),
                () -> log.release("relay"),
                log::retained)) {
            assertThatThrownBy(call).isInstanceOf(FlagStoreException.class);
        }
    }

    @Test
    @DisplayName("closing wakes waiting reads, with a FlagStoreException")
    void closingWakes() throws Exception {
        List<Future<Read>> tails = List.of(
                tail(store.changes(), store.changes().head()),
                tail(store.changes(), store.changes().head()));

        store.close();

        for (Future<Read> each : tails) {
            assertThatThrownBy(() -> get(each)).isInstanceOf(FlagStoreException.class);
        }
    }

    @Test
    @DisplayName("closing one connection leaves the others open")
    void closingOne() throws Exception {
        FlagStore other = another();
        assumeThat(other).as("another connection: openAnother gives none").isNotSameAs(store);
        create(store, "a");

        store.close();

        create(other, "b");
        assertThat(other.load().flags()).containsOnlyKeys("a", "b");
    }

    @Test
    @DisplayName("everything is there again after all connections were closed")
    void durable() throws Exception {
        ChangeSet changeSet = set(put(number("a", 1)));
        CommittedChange first = store.commit(changeSet);
        CommittedChange second = store.commit(set(put(number("a", 2), first)));
        store.changes().retain("relay", first.revision());
        Definitions before = store.load();
        store.close();

        Optional<FlagStore> again = reopen();
        assumeTrue(again.isPresent(), "the data of this store ends with it: reopen says so");
        FlagStore reopened = track(again.orElseThrow());

        assertThat(reopened.load()).isEqualTo(before);
        assertThat(after(reopened, beginning(reopened))).containsExactly(first, second);
        assertThat(reopened.changes().retained()).containsOnly(java.util.Map.entry("relay", 1L));
        assertThat(reopened.commit(changeSet)).isEqualTo(first);
        assertThat(create(reopened, "b").follows(second.revision())).isTrue();
    }

    @Test
    @DisplayName("members of a segment that nobody loaded are unknown")
    void unknownMembers() {
        assertThat(store.members().contains("staff", "g1", "u-1")).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    @DisplayName("members are told by segment and generation")
    void members() throws Exception {
        assumeTrue(
                putMembers(store, "staff", "g1", Set.of("u-1", "\uD83D\uDE00")),
                "this store keeps no external members: putMembers says so");
        putMembers(store, "staff", "g2", Set.of("u-2"));

        for (FlagStore each : List.of(store, another())) {
            assertThat(each.members().contains("staff", "g1", "u-1")).isEqualTo(Truth.TRUE);
            assertThat(each.members().contains("staff", "g1", "\uD83D\uDE00")).isEqualTo(Truth.TRUE);
            assertThat(each.members().contains("staff", "g1", "u-2")).isEqualTo(Truth.FALSE);
            assertThat(each.members().contains("staff", "g2", "u-2")).isEqualTo(Truth.TRUE);
            assertThat(each.members().contains("staff", "g3", "u-1")).isEqualTo(Truth.UNKNOWN);
            assertThat(each.members().contains("other", "g1", "u-1")).isEqualTo(Truth.UNKNOWN);
        }
    }
}
