package dev.guidon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FlagsListener;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Version;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The meters of a client tell")
class ClientMetersTest {

    private final SetClock clock = new SetClock();

    @Test
    @DisplayName("the revision in force")
    void revision() throws Exception {
        try (Meters meters = Meters.of(Flag.bool("a", true))) {
            assertThat(meters.scrape().value("guidon_revision", "guidon_namespace", "production"))
                    .isEqualTo(1);

            meters.flags.await(meters.editor.disable("a"), Meters.SOON);

            assertThat(meters.scrape().value("guidon_revision")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("how long each commit took to be in force")
    void propagation() throws Exception {
        try (Meters meters = Meters.of(clock)) {
            meters.editor.create(Flag.bool("a", true));
            meters.editor.create(Flag.bool("b", true));

            await().untilAsserted(() -> assertThat(meters.scrape().value("guidon_propagation_seconds_count"))
                    .isEqualTo(2));
            assertThat(meters.scrape().value("guidon_propagation_seconds_sum")).isZero();
        }
    }

    @Test
    @DisplayName("a commit that seems to be from the future, because of a clock that is behind, as in force at once")
    void clockBehind() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        RegistryMeters meters = new RegistryMeters(registry, Tags.empty());

        meters.applied(Duration.ofMillis(-5));
        meters.applied(Duration.ofMillis(30));

        Timer propagation = registry.get("guidon.propagation").timer();
        assertThat(propagation.count()).isEqualTo(2);
        assertThat(propagation.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(30);
    }

    @Test
    @DisplayName("its state, and for how long it is not ready")
    void staleness() {
        try (Meters meters = Meters.of(clock, Flag.bool("a", true))) {
            Scrape ready = meters.scrape();
            assertThat(ready.value("guidon_client_state", "state", "ready")).isEqualTo(1);
            assertThat(ready.sum("guidon_client_state")).isEqualTo(1);
            assertThat(ready.value("guidon_client_staleness_seconds")).isZero();

            meters.store.close();
            await().until(() -> meters.scrape().value("guidon_client_state", "state", "stale") == 1);
            clock.forward(Duration.ofSeconds(90));

            Scrape stale = meters.scrape();
            assertThat(stale.sum("guidon_client_state")).isEqualTo(1);
            assertThat(stale.value("guidon_client_staleness_seconds")).isEqualTo(90);
        }
    }

    @Test
    @DisplayName("how many flags and segments there are, and how many of them are broken")
    void definitions() {
        DefinitionKey broken = DefinitionKey.flag("broken");
        try (Meters meters = Meters.of(
                Flag.bool("a", true),
                Flag.bool("b", true),
                Segment.of("staff", Attribute.of("role").equalTo("staff")))) {
            Revision written = meters.store
                    .commit(ChangeSet.of(
                            "test",
                            null,
                            List.of(new Change.Put(
                                    new Malformed(broken, "{", List.of(new Problem("", "{", "JSON"))), Version.NONE))))
                    .revision();
            await().until(() -> meters.flags.await(written, Meters.SOON));

            Scrape scrape = meters.scrape();
            assertThat(scrape.value("guidon_definitions", "kind", "flag")).isEqualTo(3);
            assertThat(scrape.value("guidon_definitions", "kind", "segment")).isEqualTo(1);
            assertThat(scrape.value("guidon_definitions_broken", "kind", "flag"))
                    .isEqualTo(1);
            assertThat(scrape.value("guidon_definitions_broken", "kind", "segment"))
                    .isZero();
        }
    }

    @Test
    @DisplayName("how often everything was loaded again, for each cause, and how often listeners have thrown")
    void counts() {
        try (Meters meters = Meters.of(Flag.bool("a", true))) {
            assertThat(meters.scrape().matching("guidon_reloads_total"))
                    .extracting(sample -> sample.labels().get("cause"))
                    .containsExactlyInAnyOrder("trimmed", "diverged", "other_epoch");
            assertThat(meters.scrape().sum("guidon_reloads_total")).isZero();

            meters.flags.addListener(new FlagsListener() {
                @Override
                public void flagsChanged(Revision revision, Set<String> flags) {
                    throw new IllegalStateException("broken");
                }
            });
            meters.editor.disable("a");

            await().until(() -> meters.scrape().value("guidon_listener_failures_total") == 1);
        }
    }

    @Test
    @DisplayName("when each flag was last evaluated, as found when somebody looked; 0 if it was not")
    void lastEvaluation() throws Exception {
        String name = "guidon_flag_last_evaluation_timestamp_seconds";
        try (Meters meters = Meters.of(clock, Flag.bool("a", true), Flag.bool("b", true))) {
            assertThat(meters.scrape().matching(name)).hasSize(2).allMatch(sample -> sample.value() == 0);

            meters.flags.isEnabled("a");
            double first = clock.millis() / 1000.0;
            assertThat(meters.scrape().value(name, "flag", "a")).isEqualTo(first);

            clock.forward(Duration.ofMinutes(1));
            assertThat(meters.scrape().value(name, "flag", "a")).isEqualTo(first);
            meters.flags.isEnabled("a");
            assertThat(meters.scrape().value(name, "flag", "a")).isEqualTo(first + 60);
            assertThat(meters.scrape().value(name, "flag", "b")).isZero();

            meters.editor.create(Flag.bool("c", true));
            await().until(() -> meters.scrape().matching(name, "flag", "c").size() == 1);
        }
    }

    @Test
    @DisplayName("what they mean, each of them")
    void descriptions() {
        try (Meters meters = Meters.of(Flag.bool("a", true))) {
            assertThat(meters.registry.getMeters())
                    .hasSizeGreaterThan(15)
                    .extracting(Meter::getId)
                    .allSatisfy(id -> {
                        assertThat(id.getName()).startsWith("guidon.").matches("[a-z.]+");
                        assertThat(id.getDescription()).isNotBlank();
                        assertThat(id.getTag("guidon.namespace")).isEqualTo("production");
                    });
        }
    }

    private static final class SetClock extends Clock {

        private volatile Instant now = Instant.parse("2026-11-27T10:00:00Z");

        void forward(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
