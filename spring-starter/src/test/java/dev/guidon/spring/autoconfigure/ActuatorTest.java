package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.metrics.FlagMetrics;
import dev.guidon.metrics.MeteredFlagStore;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.redis.RedisFlagStoreMetrics;
import dev.guidon.spring.actuate.FlagsEndpoint;
import dev.guidon.spring.actuate.FlagsHealthIndicator;
import dev.guidon.store.FlagStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

@DisplayName("The actuator")
class ActuatorTest {

    private static final String NOBODY = "guidon.redis.uri=redis://127.0.0.1:1";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(Contexts.all());

    private final ApplicationContextRunner metered =
            application.withConfiguration(org.springframework.boot.autoconfigure.AutoConfigurations.of(
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class));

    @Test
    @DisplayName("says UP with details while the flags are those of the store")
    void up() {
        application
                .withPropertyValues("guidon.store=memory", "guidon.namespace=shop")
                .run(context -> {
                    Health health = health(context.getBean(FlagsHealthIndicator.class));

                    assertThat(health.getStatus()).isEqualTo(Status.UP);
                    assertThat(health.getDetails())
                            .containsEntry("namespace", "shop")
                            .containsEntry("state", "READY")
                            .containsEntry("storeAvailable", true)
                            .containsKeys("since", "revision")
                            .doesNotContainKey("problem");
                });
    }

    @Test
    @DisplayName("says UP and what is wrong while the last flags serve, unless it is told to say something else")
    void stale() {
        ApplicationContextRunner stale =
                application.withPropertyValues(NOBODY, "guidon.defaults=classpath:shop-flags.yaml");

        stale.run(context -> {
            Health health = health(context.getBean(FlagsHealthIndicator.class));
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails()).containsEntry("state", "STALE").containsEntry("storeAvailable", false);
            assertThat(String.valueOf(health.getDetails().get("problem"))).contains("127.0.0.1:1");
        });
        stale.withPropertyValues("guidon.health.stale-status=OUT_OF_SERVICE")
                .run(context -> assertThat(health(context.getBean(FlagsHealthIndicator.class))
                                .getStatus())
                        .isEqualTo(Status.OUT_OF_SERVICE));
    }

    @Test
    @DisplayName("says UNKNOWN while there are no flags at all, unless it is told to say something else")
    void error() {
        application
                .withPropertyValues(NOBODY)
                .run(context -> assertThat(health(context.getBean(FlagsHealthIndicator.class))
                                .getStatus())
                        .isEqualTo(Status.UNKNOWN));
        application
                .withPropertyValues(NOBODY, "guidon.health.error-status=DOWN")
                .run(context -> assertThat(health(context.getBean(FlagsHealthIndicator.class))
                                .getStatus())
                        .isEqualTo(Status.DOWN));
    }

    @Test
    @DisplayName("says nothing of flags where that is switched off")
    void noHealth() {
        application
                .withPropertyValues("guidon.store=memory", "management.health.guidon.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(FlagsHealthIndicator.class));
    }

    @Test
    @DisplayName("has the endpoint only where it is exposed")
    void exposure() {
        application
                .withPropertyValues("guidon.store=memory")
                .run(context -> assertThat(context).doesNotHaveBean(FlagsEndpoint.class));
        application
                .withPropertyValues("guidon.store=memory", "management.endpoints.web.exposure.include=flags")
                .run(context -> assertThat(context).hasSingleBean(FlagsEndpoint.class));
    }

    @Test
    @DisplayName("has meters of flags and store: evaluations, commits, state")
    void meters() {
        metered.withPropertyValues("guidon.store=memory", "guidon.defaults=classpath:shop-flags.yaml")
                .run(context -> {
                    MeterRegistry registry = context.getBean(MeterRegistry.class);
                    context.getBean(FeatureFlags.class).isEnabled("dark-mode");

                    assertThat(context).hasSingleBean(FlagMetrics.class);
                    assertThat(context.getBean(FlagStore.class)).isInstanceOf(MeteredFlagStore.class);
                    assertThat(registry.getMeters())
                            .extracting(meter -> meter.getId().getName())
                            .contains("guidon.evaluations", "guidon.store.available", "guidon.revision");
                    assertThat(registry.get("guidon.evaluations")
                                    .tag("flag", "dark-mode")
                                    .functionCounter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    @DisplayName("has meters of the Redis store, which can still be asked for by its own type")
    void redisMeters() {
        metered.withPropertyValues(NOBODY).run(context -> {
            assertThat(context).hasSingleBean(RedisFlagStore.class).hasSingleBean(RedisFlagStoreMetrics.class);
            assertThat(context.getBean(FlagStore.class)).isInstanceOf(MeteredFlagStore.class);
            assertThat(context.getBean(MeterRegistry.class)
                            .get("guidon.redis.available")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    @DisplayName("has no meters where they are switched off, or where there is no registry")
    void noMeters() {
        metered.withPropertyValues("guidon.store=memory", "guidon.metrics.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(FlagMetrics.class));
        application
                .withPropertyValues("guidon.store=memory")
                .run(context -> assertThat(context).doesNotHaveBean(FlagMetrics.class));
    }

    @Test
    @DisplayName("does not measure a store that the application has made, and leaves meters to it that it has made")
    void backOff() {
        metered.withBean("own", dev.guidon.store.InMemoryFlagStore.class)
                .withBean("ownMetrics", FlagMetrics.class, () -> new FlagMetrics("own"))
                .run(context -> {
                    assertThat(context).hasSingleBean(FlagStore.class).hasSingleBean(FlagMetrics.class);
                    assertThat(context).hasBean("ownMetrics");
                });
    }

    private static Health health(FlagsHealthIndicator indicator) {
        Health health = indicator.health(true);
        assertThat(health).isNotNull();
        return health;
    }
}
