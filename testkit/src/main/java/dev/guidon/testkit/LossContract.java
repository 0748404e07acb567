package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import dev.guidon.store.VersionConflictException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** After acknowledged commits were lost, their numbers come again; nothing takes what is there now for what was there before. */
abstract class LossContract extends TrimContract {

    private Runnable lose() throws Exception {
        Optional<Runnable> copy = copy();
        assumeTrue(copy.isPresent(), "this store loses no commits: copy says so");
        return copy.orElseThrow();
    }

    @Test
    @DisplayName(
            "a definition that was read before commits were lost is not replaced or removed in another one's version")
    void expectationsOfLostVersions() throws Exception {
        CommittedChange first = create(store, "a");
        Runnable lose = lose();
        CommittedChange lost = store.commit(set(put(Flag.bool("a", false), first)));
        lose.run();
        FlagStore other = another();
        CommittedChange found = other.commit(set(put(Flag.bool("a", true).withArchived(true), first)));
        assertThat(found.revision().number()).isEqualTo(lost.revision().number());
        Definitions before = other.load();

        for (FlagStore each : List.of(store, other)) {
            for (Change stale : List.of(put(Flag.bool("a", false), lost), remove("a", lost))) {
                assertThatThrownBy(() -> each.commit(set(stale)))
                        .isInstanceOfSatisfying(
                                VersionConflictException.class,
                                refused -> assertThat(refused.conflicts())
                                        .singleElement()
                                        .satisfies(conflict ->
                                                assertThat(conflict.found()).isEqualTo(Version.of(found.revision()))));
            }
            assertThat(each.load()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("a change set that was lost can be committed again, and then gives its new commit")
    void lostChangeSets() throws Exception {
        Runnable lose = lose();
        ChangeSet changeSet = set(put(Flag.bool("a", true)));
        store.commit(changeSet);
        lose.run();
        FlagStore other = another();
        create(other, "b");

        CommittedChange again = other.commit(changeSet);

        assertThat(again.revision().number()).isEqualTo(2);
        assertThat(store.commit(changeSet)).isEqualTo(again);
        assertThat(other.load().flags()).containsOnlyKeys("a", "b");
    }

    @Test
    @DisplayName("the log neither continues from a lost revision nor is it kept for a consumer that has reached one")
    void logAfterLostRevisions() throws Exception {
        CommittedChange first = create(store, "a");
        Runnable lose = lose();
        Revision lost = create(store, "lost").revision();
        lose.run();
        FlagStore other = another();

        for (String next : List.of("as-long", "longer")) {
            Revision head = create(other, next).revision();

            assertThat(other.changes().read(lost, 10, Duration.ZERO)).isEqualTo(new Read.Gap(Cause.DIVERGED, head));
            assertThatThrownBy(() -> other.changes().retain("relay", lost)).isInstanceOf(FlagStoreException.class);
        }
        assertThat(other.changes().retained()).isEmpty();
        assertThat(after(other, first.revision())).hasSize(2);
    }

    @Test
    @DisplayName(
            "a client that waits for a lost revision does not take another one with its number, or a later one, for it")
    void awaitedRevisions() throws Exception {
        CommittedChange first = create(store, "a");
        Runnable lose = lose();
        Revision lost = create(store, "lost").revision();
        lose.run();
        FlagStore other = another();
        Revision asLong = create(other, "as-long").revision();
        Revision longer = create(other, "longer").revision();

        try (FeatureFlags follows = FeatureFlags.of(other)) {
            assertThat(follows.await(longer, patience())).isTrue();

            assertThat(follows.await(lost, Duration.ofMillis(10))).isFalse();
            for (Revision held : List.of(beginning(other), first.revision(), asLong)) {
                assertThat(follows.await(held, Duration.ZERO)).isTrue();
            }
        }
    }
}
