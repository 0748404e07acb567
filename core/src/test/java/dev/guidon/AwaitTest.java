package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Revision;
import dev.guidon.store.InMemoryFlagStore;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayName("Who awaits a revision")
@Timeout(60)
class AwaitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InMemoryFlagStore store = InMemoryFlagStore.builder().build();
    private final FlagEditor editor = FlagEditor.of(store, "ann");

    @Test
    @DisplayName("finds it in force if it is in the log before what the flags were loaded at")
    void beforeTheFirstLoad() throws Exception {
        Revision beginning = store.changes().head();
        Revision first = editor.set("a", true);
        editor.set("a", false);

        try (FeatureFlags flags = FeatureFlags.of(store)) {
            assertThat(flags.await(first, Duration.ZERO)).isTrue();
            assertThat(flags.await(beginning, Duration.ZERO)).isTrue();
        }
    }

    @Test
    @DisplayName("finds it in force after more commits than a client remembers")
    void longAgo() throws Exception {
        try (FeatureFlags flags = FeatureFlags.of(store)) {
            Revision first = editor.set("a", true);
            Revision last = first;
            for (int i = 0; i < 1_200; i++) {
                last = editor.set("a", i % 2 == 1);
            }
            assertThat(flags.await(last, PATIENCE)).isTrue();

            assertThat(flags.await(first, Duration.ZERO)).isTrue();
        }
    }

    @Test
    @DisplayName("does not need the log for what the client has followed")
    void followed() throws Exception {
        InMemoryFlagStore shortLog = InMemoryFlagStore.builder().logLength(1).build();
        FlagEditor changing = FlagEditor.of(shortLog, "ann");
        Revision before = changing.set("a", true);
        changing.set("a", false);
        try (FeatureFlags flags = FeatureFlags.of(shortLog)) {
            Revision first = changing.set("a", true);
            assertThat(flags.await(first, PATIENCE)).isTrue();
            for (int i = 0; i < 5; i++) {
                assertThat(flags.await(changing.set("a", i % 2 == 1), PATIENCE)).isTrue();
            }

            assertThat(flags.await(first, Duration.ZERO)).isTrue();
            assertThat(flags.await(before, Duration.ofMillis(10)))
                    .as("it is neither followed nor in the log")
                    .isFalse();
        }
    }

    @Test
    @DisplayName("does not take another commit with its number for it, nor a later one, nor another history")
    void others() throws Exception {
        try (FeatureFlags flags = FeatureFlags.of(store)) {
            Revision first = editor.set("a", true);
            Revision second = editor.set("a", false);
            assertThat(flags.await(second, PATIENCE)).isTrue();

            for (long number : new long[] {1, 2, 3}) {
                assertThat(flags.await(new Revision(first.epoch(), number, "lost"), Duration.ofMillis(10)))
                        .isFalse();
            }
            assertThat(flags.await(new Revision("other", 1, first.changeSet()), Duration.ofMillis(10)))
                    .isFalse();
        }
    }
}
