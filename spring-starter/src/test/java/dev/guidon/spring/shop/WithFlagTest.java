package dev.guidon.spring.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.store.FlagStore;
import dev.guidon.testkit.WithFlag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

@DisplayName("In a test of an application, @WithFlag")
@SpringBootTest(
        classes = ShopApplication.class,
        webEnvironment = WebEnvironment.NONE,
        properties = {"guidon.store=memory", "guidon.defaults=classpath:shop-flags.yaml"})
@WithFlag(key = "free-shipping")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WithFlagTest {

    @Autowired
    private FeatureFlags flags;

    @Autowired
    private FlagStore store;

    @Test
    @Order(1)
    @DisplayName("sets flags that are not defined, and those that are, for all who ask the application's flags")
    @WithFlag(key = "dark-mode", value = "false")
    @WithFlag(key = "retries", value = "3")
    void set() {
        assertThat(flags.isEnabled("free-shipping")).isTrue();
        assertThat(flags.isEnabled("dark-mode")).isFalse();
        assertThat(flags.snapshot().getIntegerValue("retries", 1)).isEqualTo(3);
    }

    @Test
    @Order(2)
    @DisplayName("holds for one test, and the next one finds the flags as they were")
    void restored() {
        assertThat(flags.isEnabled("free-shipping")).isTrue();
        assertThat(flags.isEnabled("dark-mode")).isTrue();
        assertThat(store.load().flags()).containsOnlyKeys("dark-mode", "new/checkout", "free-shipping");
    }
}
