package dev.guidon.spring.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.spring.autoconfigure.RedisFlagStoreBuilderCustomizer;
import dev.guidon.testkit.WithFlag;
import io.lettuce.core.resource.ClientResources;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;

/** The examples of docs/spring.md, run. */
@DisplayName("The examples of the reference")
@SpringBootTest(
        classes = {ExampleShop.class, SpringExamplesTest.Threads.class},
        webEnvironment = WebEnvironment.NONE,
        properties = {"guidon.redis.uri=redis://127.0.0.1:1", "guidon.start.mode=background"})
class SpringExamplesTest {

    @Autowired
    private RedisFlagStore store;

    @Autowired
    private Checkout checkout;

    @Test
    @DisplayName("share threads, and go on without Redis")
    void sharedThreads() {
        assertThat(store.status().available()).isFalse();
        assertThat(checkout.isRedesigned("u-1")).isFalse();
    }

    @Configuration(proxyBeanMethods = false)
    static class Threads {

        @Bean
        RedisFlagStoreBuilderCustomizer sharedThreads(ClientResources resources) {
            return builder -> builder.resources(resources);
        }
    }
}

@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Checkout.class)
class ExampleShop {}

@Service
class Checkout {

    private final FeatureFlags flags;

    Checkout(FeatureFlags flags) {
        this.flags = flags;
    }

    boolean isRedesigned(String user) {
        return flags.isEnabled("checkout-redesign", EvaluationContext.of(user));
    }
}

@SpringBootTest(properties = "guidon.store=memory")
@WithFlag(key = "checkout-redesign")
class CheckoutTest {

    @Autowired
    private Checkout checkout;

    @Test
    void everybodyHasTheRedesign() {
        assertThat(checkout.isRedesigned("u-1")).isTrue();
    }

    @WithFlag(key = "checkout-redesign", value = "false")
    @Test
    void unlessItIsOff() {
        assertThat(checkout.isRedesigned("u-1")).isFalse();
    }
}
