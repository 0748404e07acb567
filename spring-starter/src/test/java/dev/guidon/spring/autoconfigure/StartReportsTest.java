package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.FeatureFlags;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@DisplayName("When an application starts")
@ExtendWith(OutputCaptureExtension.class)
class StartReportsTest {

    @Test
    @DisplayName("two stores of which none is primary are named, with what to do")
    void twoStores(CapturedOutput output) {
        assertThatThrownBy(() -> application(TwoStores.class).run("--guidon.store=memory"));

        assertThat(output)
                .contains(
                        "APPLICATION FAILED TO START", "There are 2 beans of type FlagStore", "- shop", "- back-office")
                .contains("Mark one of them as @Primary");
    }

    @Test
    @DisplayName("and are fine if one is")
    void primaryStore() {
        try (ConfigurableApplicationContext context =
                application(PrimaryStore.class).run()) {
            assertThat(context.getBeansOfType(FeatureFlags.class)).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "guidon.redis.url, did you mean guidon.redis.uri?",
        "guidon.namspace, did you mean guidon.namespace?",
        "guidon.file.pathh, did you mean guidon.file.path?",
        "guidon.redis-uri, did you mean guidon.redis.uri?",
        "guidon.something.else-altogether, Guidon has none of this name"
    })
    @DisplayName("a property that Guidon does not have is warned of once, with its origin and without its value")
    void unknown(String property, String hint, CapturedOutput output) {
        application(OneStore.class).run("--" + property + "=S3CRET").close();

        assertThat(warnings(output)).singleElement().asString().contains("WARN", property, hint, "Origin: ");
        assertThat(output).doesNotContain("S3CRET");
    }

    @Test
    @DisplayName("also one in the environment, if it is nearly one of Guidon's")
    void variables(CapturedOutput output) {
        application(OneStore.class)
                .environment(with(Map.of(
                        "GUIDON_REDIS_URL", "S3CRET",
                        "GUIDON_SERVICE_HOST", "10.0.0.1",
                        "GUIDON_PORT_8080_TCP_ADDR", "10.0.0.1",
                        "GUIDON_LASTKNOWNGOOD", "",
                        "GUIDON_FLAG_SETS_CHECK", "warn",
                        "GUIDON_CONTEXT_HEADERS_PLAN", "X-Plan",
                        "GUIDON_START_MODE", "wait")))
                .run()
                .close();

        assertThat(warnings(output))
                .singleElement()
                .asString()
                .contains("did you mean guidon.redis.uri?", "GUIDON_REDIS_URL");
        assertThat(output).doesNotContain("S3CRET");
    }

    @Test
    @DisplayName("and none that it has, in whatever form, of whatever module")
    void known(CapturedOutput output) {
        application(OneStore.class)
                .run(
                        "--guidon.lastKnownGood=",
                        "--guidon.redis.member-caching.size=5",
                        "--guidon.audit.properties.bootstrap.servers=x",
                        "--guidon.context.headers.plan=X-Plan",
                        "--guidon.metrics.enabled=false",
                        "--guidonia.own=1")
                .close();

        assertThat(warnings(output)).isEmpty();
    }

    @Test
    @DisplayName("what is misspelt is said before what fails since it is")
    void beforeFailure(CapturedOutput output) {
        assertThatThrownBy(
                () -> application(OneStore.class).run("--guidon.flag-set.check=fail", "--guidon.namespace=a b"));

        assertThat(warnings(output)).singleElement().asString().contains("guidon.flag-sets.check");
    }

    private static List<String> warnings(CapturedOutput output) {
        return output.getAll()
                .lines()
                .filter(line -> line.contains("has no effect"))
                .toList();
    }

    private static StandardEnvironment with(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return environment;
    }

    private static SpringApplicationBuilder application(Class<?> beans) {
        return new SpringApplicationBuilder(Application.class, beans).web(WebApplicationType.NONE);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    static class OneStore {

        @Bean
        FlagStore shop() {
            return new InMemoryFlagStore();
        }
    }

    static class TwoStores extends OneStore {

        @Bean("back-office")
        FlagStore backOffice() {
            return new InMemoryFlagStore();
        }
    }

    static class PrimaryStore extends OneStore {

        @Bean
        @Primary
        FlagStore backOffice() {
            return new InMemoryFlagStore();
        }
    }
}
