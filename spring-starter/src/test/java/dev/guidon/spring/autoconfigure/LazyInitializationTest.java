package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Revision;
import dev.guidon.store.FlagStore;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@DisplayName("An application that makes its beans when they are asked for")
class LazyInitializationTest {

    private final OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
    private ConfigurableApplicationContext context;

    @BeforeEach
    void start() {
        SpringApplication application = new SpringApplication(Lazy.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(made -> made.getBeanFactory().registerSingleton("api", api));
        context = application.run(
                "--spring.main.lazy-initialization=true",
                "--guidon.store=memory",
                "--guidon.audit.enabled=true",
                "--spring.kafka.bootstrap-servers=127.0.0.1:1");
    }

    @AfterEach
    void close() {
        context.close();
        api.shutdown();
    }

    @Test
    @DisplayName(
            "has at once what works without being asked: provider, flags that follow the store, listeners and relay")
    void worksUnasked() throws InterruptedException {
        assertThat(api.getProviderMetadata().getName()).isEqualTo("Guidon");
        assertThat(context.getBeanFactory().containsSingleton("auditRelay")).isTrue();

        FlagEditor.of(context.getBean(FlagStore.class), "test").set("a", true);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(context.getBean(Lazy.class).changes).contains("a"));
        assertThat(api.getClient().getBooleanValue("a", false)).isTrue();
    }

    @Test
    @DisplayName("has what is asked for when it is asked for: meters and health")
    void worksWhenAsked() {
        context.getBean(FeatureFlags.class).isEnabled("a");

        assertThat(context.getBean(MeterRegistry.class)
                        .find("guidon.evaluations")
                        .functionCounters())
                .isNotEmpty();
        assertThat(context.getBean(HealthEndpoint.class).healthForPath("guidon").getStatus())
                .isEqualTo(Status.UP);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Lazy {

        final Queue<String> changes = new ConcurrentLinkedQueue<>();

        @Bean
        FlagsListener listener() {
            return new FlagsListener() {
                @Override
                public void flagsChanged(Revision revision, Set<String> flags) {
                    changes.addAll(flags);
                }
            };
        }
    }
}
