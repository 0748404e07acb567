package dev.guidon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.store.InMemoryFlagStore;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Evaluations are counted:")
class EvaluationMetersTest {

    private static final EvaluationContext ADA = EvaluationContext.of("ada");

    private static final Flag BANNER = Flag.of("banner", FlagType.STRING, Map.of("sale", FlagValue.of("Sale!")), "sale")
            .withEnabled(true)
            .withFallthrough(Serve.variant("sale"));

    @Test
    @DisplayName("by flag, variant and reason, with the namespace, as a counter of Prometheus")
    void byOutcome() {
        try (Meters meters = Meters.of(Flag.bool("on", true), Flag.bool("off", false), BANNER)) {
            meters.flags.isEnabled("on");
            meters.flags.isEnabled("on", ADA);
            meters.flags.isEnabled("off");
            meters.flags.snapshot().getStringDetails("banner", "", ADA);

            assertThat(meters.registry.scrape())
                    .contains("# TYPE guidon_evaluations_total counter")
                    .contains("guidon_evaluations_total{error=\"none\",flag=\"on\",guidon_namespace=\"production\","
                            + "reason=\"static\",variant=\"on\"} 2.0")
                    .contains("guidon_evaluations_total{error=\"none\",flag=\"off\",guidon_namespace=\"production\","
                            + "reason=\"disabled\",variant=\"off\"} 1.0")
                    .contains("guidon_evaluations_total{error=\"none\",flag=\"banner\",guidon_namespace=\"production\","
                            + "reason=\"static\",variant=\"sale\"} 1.0");
        }
    }

    @Test
    @DisplayName("with the error, when the caller's default was used because of one")
    void withErrors() {
        try (Meters meters = Meters.of(BANNER)) {
            meters.flags.isEnabled("banner");

            assertThat(meters.scrape()
                            .value(
                                    "guidon_evaluations_total",
                                    "flag",
                                    "banner",
                                    "variant",
                                    "none",
                                    "reason",
                                    "error",
                                    "error",
                                    "type_mismatch"))
                    .isEqualTo(1);
        }
    }

    @Test
    @DisplayName("a million unknown keys are one series")
    void unknownKeys() {
        int keys = 1_000_000;
        try (Meters meters = Meters.of(Flag.bool("known", true))) {
            meters.flags.isEnabled("known");
            int before = meters.scrape().samples().size();
            for (int i = 0; i < keys; i++) {
                meters.flags.isEnabled("unknown-" + i);
            }

            Scrape scrape = meters.scrape();
            assertThat(scrape.value("guidon_evaluations_total", "flag", "(unknown)", "error", "flag_not_found"))
                    .isEqualTo(keys);
            assertThat(scrape.samples()).hasSize(before);
        }
    }

    @Test
    @DisplayName("before flags were ever loaded, whatever the key, in one series")
    void notReady() {
        InMemoryFlagStore store = new InMemoryFlagStore();
        store.close();
        FlagMetrics metrics = new FlagMetrics("default");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (FeatureFlags flags =
                FeatureFlags.builder(store).evaluationListener(metrics).build()) {
            metrics.observe(flags).bindTo(registry);
            flags.isEnabled("a");
            flags.isEnabled("b");

            assertThat(Scrape.of(registry)
                            .value("guidon_evaluations_total", "flag", "(unknown)", "error", "provider_not_ready"))
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("beyond the most series in one for all others, and none is lost")
    void bounded() {
        int flags = 1_000;
        Flag[] definitions = new Flag[flags];
        for (int i = 0; i < flags; i++) {
            definitions[i] = Flag.bool("flag-" + i, true);
        }
        try (Meters meters = Meters.withMost(100, definitions)) {
            for (int i = 0; i < flags; i++) {
                meters.flags.isEnabled("flag-" + i);
                meters.flags.isEnabled("flag-0");
            }

            Scrape scrape = meters.scrape();
            assertThat(scrape.value("guidon_evaluations_total", "flag", "flag-0"))
                    .isEqualTo(1 + flags);
            assertThat(scrape.value("guidon_evaluations_total", "flag", "(other)"))
                    .isEqualTo(flags - 100);
            assertThat(scrape.sum("guidon_evaluations_total")).isEqualTo(2 * flags);
            assertThat(scrape.matching("guidon_evaluations_total")).hasSize(100 + 3);
            assertThat(scrape.matching("guidon_flag_last_evaluation_timestamp_seconds"))
                    .hasSizeLessThanOrEqualTo(200);
        }
    }

    @Test
    @DisplayName("from the first on, also in a registry that is bound later, and in each of several")
    void boundLater() {
        try (Meters meters = Meters.of(Flag.bool("on", true))) {
            meters.flags.isEnabled("on");
            PrometheusMeterRegistry later = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            meters.metrics.bindTo(later);
            meters.metrics.bindTo(later);
            meters.flags.isEnabled("on");

            assertThat(Scrape.of(later).value("guidon_evaluations_total", "flag", "on"))
                    .isEqualTo(2);
            assertThat(meters.scrape().value("guidon_evaluations_total", "flag", "on"))
                    .isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a filter that drops a tag adds up what it makes the same")
    void droppedTags() throws Exception {
        try (Meters meters = Meters.of(Flag.bool("a", true), Flag.bool("b", true))) {
            PrometheusMeterRegistry reduced = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            reduced.config().meterFilter(MeterFilter.ignoreTags("flag"));
            meters.metrics.bindTo(reduced);
            meters.flags.isEnabled("a");
            meters.flags.isEnabled("b");
            meters.flags.isEnabled("b");

            assertThat(Scrape.of(reduced).value("guidon_evaluations_total", "variant", "on"))
                    .isEqualTo(3);

            meters.flags.await(meters.editor.delete("b"), Meters.SOON);
            await().until(() -> meters.scrape()
                    .matching("guidon_evaluations_total", "flag", "b")
                    .isEmpty());
            assertThat(Scrape.of(reduced).value("guidon_evaluations_total", "variant", "on"))
                    .isEqualTo(3);
        }
    }

    @Test
    @DisplayName("until a flag is deleted: its series go, and begin again at zero if it comes back")
    void deleted() throws Exception {
        try (Meters meters = Meters.of(Flag.bool("kept", true), Flag.bool("gone", true))) {
            meters.flags.isEnabled("kept");
            meters.flags.isEnabled("gone");

            meters.editor.delete("gone");
            await().untilAsserted(() -> assertThat(meters.scrape().samples())
                    .noneMatch(sample -> sample.labels().containsValue("gone"))
                    .anyMatch(sample -> sample.labels().containsValue("kept")));

            Revision back = meters.editor.create(Flag.bool("gone", true));
            assertThat(meters.flags.await(back, Meters.SOON)).isTrue();
            meters.flags.isEnabled("gone");
            meters.flags.isEnabled("kept");
            // The thread that hears of the change may be the one that registers the new series.
            await().untilAsserted(
                            () -> assertThat(meters.evaluations("flag", "gone")).isEqualTo(1));
            assertThat(meters.evaluations("flag", "kept")).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("without an allocation, when the context was made before")
    void withoutAllocation() {
        try (Meters meters = Meters.of(Flag.bool("on", true), BANNER)) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            int calls = 100_000;
            evaluate(meters, calls);

            long before = threads.getCurrentThreadAllocatedBytes();
            evaluate(meters, calls);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;

            assertThat(allocated).isLessThan(calls);
            assertThat(meters.evaluations("flag", "on")).isEqualTo(2 * calls);
        }
    }

    @Test
    @DisplayName("until they are unbound, which removes every meter")
    void unbound() {
        try (Meters meters = Meters.of(Flag.bool("on", true))) {
            meters.flags.isEnabled("on");

            meters.metrics.unbind();

            assertThat(meters.registry.getMeters()).isEmpty();
            assertThat(meters.scrape().samples()).isEmpty();
        }
    }

    @Test
    @DisplayName("for one client, and with a limit that can be one")
    void refused() {
        try (Meters meters = Meters.of()) {
            assertThatIllegalStateException().isThrownBy(() -> meters.metrics.observe(meters.flags));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new FlagMetrics("production", -1, Clock.systemUTC()))
                    .withMessage("mostSeries: found -1; allowed: 0 or more");
        }
    }

    private static void evaluate(Meters meters, int calls) {
        for (int i = 0; i < calls; i++) {
            meters.flags.isEnabled("on", ADA);
            meters.flags.getStringValue("banner", "", ADA);
        }
    }
}
