package dev.guidon.spring.slices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.testkit.WithFlag;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@DisplayName("In a @WebMvcTest")
@WebMvcTest(
        // where the application has its flags; security is not what is tested
        properties = {
            "guidon.store=redis",
            "guidon.defaults=classpath:slice-flags.yaml",
            "guidon.redis.uri=redis://127.0.0.1:1",
            "guidon.flag-sets.check=fail",
            "spring.main.web-application-type=servlet"
        },
        excludeAutoConfiguration = ServletWebSecurityAutoConfiguration.class)
class WebMvcSliceTest {

    @Autowired
    private MockMvcTester mvc;

    @Test
    @DisplayName("gates are there, and flags in memory, which begin with guidon.defaults")
    void gates() {
        assertThat(mvc.get().uri("/search")).hasStatus(404);
    }

    @Test
    @DisplayName("@WithFlag sets flags of all types")
    @WithFlag(key = "new-search")
    @WithFlag(key = "limit", value = "7")
    @WithFlag(key = "banner", value = "welcome")
    void withFlag() {
        assertThat(mvc.get().uri("/search")).hasStatusOk().hasBodyTextEqualTo("CLASSIC 7 welcome");
    }

    @Test
    @DisplayName("and variants, such as those that are constants of an enum")
    @WithFlag(key = "new-search")
    @WithFlag(key = "page", variant = "one-page")
    void variant() {
        assertThat(mvc.get().uri("/search")).hasBodyTextEqualTo("ONE_PAGE 5 none");
    }
}
