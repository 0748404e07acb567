package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.ContextRequest;
import dev.guidon.spring.EvaluationContextContributor;
import java.security.Principal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.ClaimAccessor;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;

class ContextTest {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(GuidonContextAutoConfiguration.class));

    private final Principal ada = new TestingAuthenticationToken("ada", null, AuthorityUtils.NO_AUTHORITIES);

    @Test
    @DisplayName("unless configured, a context tells the locale and nothing of the person")
    void nothingPersonal() {
        application.run(context -> {
            EvaluationContext made =
                    contextOf(context, new Request(ada, Map.of("x-tenant", "acme", "x-country", "AT")));

            assertThat(made.targetingKey()).isNull();
            assertThat(made.attribute("locale")).isEqualTo("de-AT");
            assertThat(made.attribute("language")).isEqualTo("de");
            assertThat(made.attribute("tenant")).isNull();
            assertThat(made).hasToString("EvaluationContext[2 attributes]");
        });
    }

    @Test
    @DisplayName("the name of who is logged in is the targeting key if that is wanted, but for anonymous")
    void principal() {
        application.withPropertyValues("guidon.context.principal.enabled=true").run(context -> {
            Principal anonymous =
                    new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("NONE"));

            assertThat(contextOf(context, new Request(ada, Map.of())).targetingKey())
                    .isEqualTo("ada");
            assertThat(contextOf(context, new Request(anonymous, Map.of())).targetingKey())
                    .isNull();
            assertThat(contextOf(context, new Request(null, Map.of())).targetingKey())
                    .isNull();
        });
    }

    @Test
    @DisplayName("the locale can be left out")
    void locale() {
        application
                .withPropertyValues("guidon.context.locale.enabled=false")
                .run(context -> assertThat(
                                contextOf(context, new Request(ada, Map.of())).attribute("locale"))
                        .isNull());
    }

    @Test
    @DisplayName("headers that are named become attributes, and no others")
    void headers() {
        application
                .withPropertyValues("guidon.context.headers.country=X-Country")
                .run(context -> {
                    EvaluationContext made =
                            contextOf(context, new Request(ada, Map.of("x-country", "AT", "x-city", "Graz")));

                    assertThat(made.attribute("country")).isEqualTo("AT");
                    assertThat(made.attribute("x-city")).isNull();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cookie", "authorization"})
    @DisplayName("a header with credentials is refused at the start")
    void credentials(String header) {
        application
                .withPropertyValues("guidon.context.headers.id=" + header)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MisconfiguredException.class)
                        .hasMessageContaining("guidon.context.headers.id"));
    }

    @Test
    @DisplayName(
            "the tenant comes from a header, or from a claim of a token or of a user, whatever the header says then")
    void tenant() {
        Map<String, String> header = Map.of("x-tenant", "forged");
        ClaimAccessor token = () -> Map.of("tid", "acme");
        var user = new DefaultOAuth2AuthenticatedPrincipal(Map.of("tid", "umbrella"), AuthorityUtils.NO_AUTHORITIES);

        application
                .withPropertyValues("guidon.context.tenant.header=X-Tenant")
                .run(context -> assertThat(contextOf(context, new Request(ada, Map.of("x-tenant", "acme")))
                                .attribute("tenant"))
                        .isEqualTo("acme"));
        application.withPropertyValues("guidon.context.tenant.claim=tid").run(context -> {
            assertThat(contextOf(context, new Request(loggedInBy(token), header))
                            .attribute("tenant"))
                    .isEqualTo("acme");
            assertThat(contextOf(context, new Request(loggedInBy(user), header)).attribute("tenant"))
                    .isEqualTo("umbrella");
            assertThat(contextOf(context, new Request(ada, header)).attribute("tenant"))
                    .isNull();
        });
    }

    @Test
    @DisplayName("a tenant from both fails the start")
    void twoTenants() {
        application
                .withPropertyValues("guidon.context.tenant.header=X-Tenant", "guidon.context.tenant.claim=tid")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(MutuallyExclusiveConfigurationPropertiesException.class));
    }

    @Test
    @DisplayName("what the application adds comes on top, in its order, and what fails is left out")
    void contributors() {
        application.withUserConfiguration(Own.class).run(context -> {
            EvaluationContext made = contextOf(context, new Request(ada, Map.of()));

            assertThat(made.attribute("locale")).isEqualTo("own");
            assertThat(made.attribute("language")).isEqualTo("de");
            assertThat(made.attribute("order")).isEqualTo("second");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        @Order(3)
        EvaluationContextContributor second() {
            return request ->
                    EvaluationContext.builder(null).set("order", "second").build();
        }

        @Bean
        @Order(2)
        EvaluationContextContributor failing() {
            return request -> {
                throw new IllegalStateException("no accounts");
            };
        }

        @Bean
        @Order(1)
        EvaluationContextContributor first() {
            return request -> EvaluationContext.builder(null)
                    .set("order", "first")
                    .set("locale", "own")
                    .build();
        }
    }

    private static Principal loggedInBy(Object known) {
        return new TestingAuthenticationToken(known, null, AuthorityUtils.NO_AUTHORITIES);
    }

    private static EvaluationContext contextOf(ApplicationContext context, ContextRequest request) {
        return EvaluationContextContributor.all(context.getBeanProvider(EvaluationContextContributor.class)
                        .orderedStream()
                        .toList())
                .contribute(request);
    }

    private record Request(Principal principal, Map<String, String> headers) implements ContextRequest {

        @Override
        public Locale locale() {
            return Locale.forLanguageTag("de-AT");
        }

        @Override
        public String header(String name) {
            return headers.get(name.toLowerCase(Locale.ROOT));
        }

        @Override
        public <T> Optional<T> as(Class<T> type) {
            return Optional.empty();
        }
    }
}
