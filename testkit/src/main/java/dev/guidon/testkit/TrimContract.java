package dev.guidon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guidon.definition.Revision;
import dev.guidon.store.ChangeLog.Cause;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log is trimmed, but never past a consumer that it is kept for. */
abstract class TrimContract extends LogContract {

    private static final int LENGTH = 10;

    /** A store that trims in big steps has done so after this many commits. */
    private static final int MOST_COMMITS = 2_000;

    private FlagStore shortLog() throws Exception {
        Optional<FlagStore> opened = openWithLogLength(LENGTH);
        assumeTrue(opened.isPresent(), "the length of this store's log cannot be set: openWithLogLength says so");
        return track(opened.orElseThrow());
    }

    private static boolean isTrimmed(FlagStore trimmed, Revision after) throws InterruptedException {
        Read read = trimmed.changes().read(after, 1, Duration.ZERO);
        if (read instanceof Read.Gap gap) {
            assertThat(gap)
                    .isEqualTo(new Read.Gap(Cause.TRIMMED, trimmed.changes().head()));
            return true;
        }
        return false;
    }

    private static void commitUntilTrimmed(FlagStore trimmed, Revision after) throws InterruptedException {
        for (int i = 0; !isTrimmed(trimmed, after); i++) {
            assertThat(i).as("commits until the log is trimmed").isLessThan(MOST_COMMITS);
            touch(trimmed);
        }
    }

    private static CommittedChange touch(FlagStore touched) {
        var found = touched.load().flags().get("touched");
        return touched.commit(set(put(number("touched", number(found) + 1), version(found))));
    }

    @Test
    @DisplayName("a reader whose place was trimmed is told so, and what the log still has can be read")
    void trimmed() throws Exception {
        FlagStore trimmed = shortLog();
        Revision start = beginning(trimmed);
        touch(trimmed);
        Revision second = touch(trimmed).revision();

        commitUntilTrimmed(trimmed, second);

        assertThat(isTrimmed(trimmed, start)).isTrue();
        Revision position = trimmed.changes().head();
        for (int i = 0; i < LENGTH - 1; i++) {
            touch(trimmed);
        }
        assertThat(after(trimmed, position)).hasSize(LENGTH - 1);
        assertThat(number(trimmed.load().flags().get("touched")))
                .isEqualTo(trimmed.load().revision().number());
    }

    @Test
    @DisplayName(
            "the base of a trimmed log is the revision before what it still has, all of which can be read after it")
    void trimmedBase() throws Exception {
        FlagStore trimmed = shortLog();
        List<CommittedChange> all = new ArrayList<>(List.of(touch(trimmed), touch(trimmed)));
        Revision first = all.get(0).revision();
        for (int i = 0; !isTrimmed(trimmed, first); i++) {
            assertThat(i).as("commits until the log is trimmed").isLessThan(MOST_COMMITS);
            all.add(touch(trimmed));
        }

        Revision base = trimmed.changes().base();
        List<CommittedChange> kept = after(trimmed, base);

        assertThat(kept).hasSizeGreaterThanOrEqualTo(LENGTH).isEqualTo(all.subList((int) base.number(), all.size()));
        assertThat(base).isEqualTo(all.get((int) base.number() - 1).revision()).isNotEqualTo(first);
        for (CommittedChange each : all.subList(0, (int) base.number() - 1)) {
            assertThat(isTrimmed(trimmed, each.revision())).as("%s", each).isTrue();
        }
    }

    @Test
    @DisplayName("the base stays where the slowest consumer is that the log is kept for")
    void baseOfConsumer() throws Exception {
        FlagStore trimmed = shortLog();
        Revision start = beginning(trimmed);
        Revision first = touch(trimmed).revision();
        trimmed.changes().retain("slow", first);

        commitUntilTrimmed(trimmed, start);
        for (int i = 0; i < 3 * LENGTH; i++) {
            touch(trimmed);
        }

        assertThat(trimmed.changes().base()).isEqualTo(first);
    }

    @Test
    @DisplayName("the log is never trimmed past the slowest consumer that it is kept for")
    void slowestConsumer() throws Exception {
        FlagStore trimmed = shortLog();
        Revision start = beginning(trimmed);
        Revision first = touch(trimmed).revision();
        trimmed.changes().retain("slow", first);
        trimmed.changes().retain("fast", first);

        commitUntilTrimmed(trimmed, start);
        for (int i = 0; i < 3 * LENGTH; i++) {
            trimmed.changes().retain("fast", touch(trimmed).revision());
        }

        List<CommittedChange> kept = after(trimmed, first);
        assertThat(kept.get(0).follows(first)).isTrue();
        assertThat(kept.get(kept.size() - 1).revision())
                .isEqualTo(trimmed.changes().head());
    }

    @Test
    @DisplayName("the log is trimmed again once a consumer has moved on or was released")
    void trimmedAgain() throws Exception {
        FlagStore trimmed = shortLog();
        Revision first = touch(trimmed).revision();
        trimmed.changes().retain("one", first);
        trimmed.changes().retain("two", first);
        for (int i = 0; i < 3 * LENGTH; i++) {
            touch(trimmed);
        }
        assertThat(isTrimmed(trimmed, first)).isFalse();

        trimmed.changes().release("one");
        trimmed.changes().retain("two", trimmed.changes().head());

        commitUntilTrimmed(trimmed, first);
    }

    @Test
    @DisplayName("consumers are listed with what they have reached, on every connection")
    void listed() throws Exception {
        Revision start = beginning(store);
        assertThat(store.changes().retained()).isEmpty();

        store.changes().retain("relay one", start);
        store.changes().retain("r\u00e9lay/2", create(store, "a").revision());
        assertThat(another().changes().retained())
                .containsOnly(java.util.Map.entry("relay one", 0L), java.util.Map.entry("r\u00e9lay/2", 1L));

        store.changes().retain("relay one", store.changes().head());
        store.changes().release("r\u00e9lay/2");
        store.changes().release("nobody");
        assertThat(another().changes().retained()).containsOnly(java.util.Map.entry("relay one", 1L));
    }

    @Test
    @DisplayName("a consumer cannot be kept at a revision that the store does not have")
    void notInTheHistory() {
        create(store, "a");
        Revision head = store.changes().head();

        for (Revision unknown : List.of(
                Revision.NONE,
                new Revision("another", 1, head.changeSet()),
                new Revision(head.epoch(), 1, "other"),
                new Revision(head.epoch(), 2, "lost"))) {
            assertThatThrownBy(() -> store.changes().retain("relay", unknown))
                    .as("retain at %s", unknown)
                    .isInstanceOf(FlagStoreException.class);
        }
        assertThat(store.changes().retained()).isEmpty();
    }
}
