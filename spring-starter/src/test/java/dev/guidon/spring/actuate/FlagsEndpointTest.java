package dev.guidon.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.json.FlagFormat;
import dev.guidon.store.InMemoryFlagStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.core.io.ClassPathResource;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

@DisplayName("The endpoint of flags")
class FlagsEndpointTest {

    private static final String[] CHECKOUT = {"new", "checkout"};

    private final InMemoryFlagStore store =
            InMemoryFlagStore.builder().definitions(definitions()).build();
    private final FeatureFlags flags = FeatureFlags.of(store);
    private final FlagsEndpoint endpoint = new FlagsEndpoint(flags, store, () -> null);

    @AfterEach
    void close() {
        flags.close();
        store.close();
    }

    @Test
    @DisplayName("lists all flags, and how they and the store are")
    void list() {
        FlagsReport report = endpoint.flags();

        assertThat(report.namespace()).isEqualTo("default");
        assertThat(report.revision().number()).isEqualTo(1);
        assertThat(report.status()).isEqualTo(flags.status());
        assertThat(report.store()).isEqualTo(store.status());
        assertThat(report.flags()).containsOnlyKeys("dark-mode", "new/checkout");
        assertThat(report.flags().get("dark-mode"))
                .isEqualTo(new FlagSummary(
                        "boolean", null, "Dark colours", "team-web", List.of(), null, true, false, 1, 0));
    }

    @Test
    @DisplayName("shows one flag, also one with a slash in its key, and nothing of its sensitive values")
    void one() {
        FlagReport report = Objects.requireNonNull(endpoint.flag(CHECKOUT, null, null));

        assertThat(report.key()).isEqualTo("new/checkout");
        assertThat(report.version()).isEqualTo(1);
        assertThat(report.explanation()).isNull();
        assertThat(report.definition().toString())
                .contains("redacted=true", "sensitive=[email]")
                .doesNotContain("example.com");
    }

    @Test
    @DisplayName("does not know a flag that is not there")
    void unknown() {
        assertThat(endpoint.flag(new String[] {"nope"}, null, null)).isNull();
    }

    @Test
    @DisplayName("explains a flag for somebody without showing the values that it compares with")
    void explains() {
        FlagReport report =
                Objects.requireNonNull(endpoint.flag(CHECKOUT, "u-1", "{\"email\": \"grace@example.com\"}"));

        assertThat(report.explanation()).containsEntry("variant", "on").containsEntry("ruleId", "staff");
        assertThat(String.valueOf(report.explanation()))
                .contains("email in (sensitive)", "grace@example.com")
                .doesNotContain("ada@example.com");
    }

    @Test
    @DisplayName("refuses attributes that are no JSON object, saying what is allowed")
    void attributes() {
        for (String wrong : List.of("country=DE", "[1]", "{")) {
            assertThatThrownBy(() -> endpoint.flag(CHECKOUT, null, wrong))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("attributes: found " + wrong)
                    .hasMessageContaining("a JSON object");
        }
    }

    @Test
    @DisplayName("refuses attributes that are no JSON of a format that it reads")
    void hostileAttributes() {
        for (String wrong : List.of(
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1e999999999}",
                "{\"a\": NaN}",
                "{\"a\": " + "[".repeat(1_000) + "]".repeat(1_000) + "}")) {
            assertThatThrownBy(() -> endpoint.flag(CHECKOUT, null, wrong))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessageContaining("attributes: found ");
        }
    }

    @Test
    @DisplayName("explains a flag for somebody with long attributes, and shows the beginning of them")
    void longAttributes() {
        for (String value : List.of("\"" + "x".repeat(1_000_000) + "\"", "[" + "1,".repeat(50_000) + "1]")) {
            FlagReport report = Objects.requireNonNull(
                    endpoint.flag(CHECKOUT, "u".repeat(1_000_000), "{\"email\": " + value + "}"));

            assertThat(report.explanation()).containsEntry("variant", "off");
            assertThat(String.valueOf(report.explanation())).hasSizeLessThan(5_000);
        }
    }

    @Test
    @DisplayName("disables a flag in the name of who is logged in, with a reason")
    void disables() throws InterruptedException {
        WebEndpointResponse<FlagsEndpoint.Switched> answer =
                endpoint.set(loggedIn(() -> "ada"), CHECKOUT, false, "INC-42");

        assertThat(answer.getStatus()).isEqualTo(200);
        assertThat(answer.getBody()).isEqualTo(new FlagsEndpoint.Switched("new/checkout", false, "ada", 2L, null));
        Awaitility.await()
                .untilAsserted(() -> assertThat(flags.revision().number()).isEqualTo(2));
        assertThat(store.changes().read(before(), 10, Duration.ZERO).toString()).contains("ada", "INC-42");
    }

    @Test
    @DisplayName("changes nothing for nobody, or for somebody anonymous")
    void nobody() {
        Principal anonymous = new AnonymousAuthenticationToken(
                "key", "anonymousUser", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

        for (SecurityContext context : List.of(SecurityContext.NONE, loggedIn(anonymous))) {
            WebEndpointResponse<FlagsEndpoint.Switched> answer = endpoint.set(context, CHECKOUT, false, null);

            assertThat(answer.getStatus()).isEqualTo(403);
            assertThat(Objects.requireNonNull(answer.getBody()).problem()).contains("needs an actor");
        }
        assertThat(store.changes().head().number()).isEqualTo(1);
    }

    @Test
    @DisplayName("says why it cannot change something")
    void refused() {
        WebEndpointResponse<FlagsEndpoint.Switched> unknown =
                endpoint.set(loggedIn(() -> "ada"), new String[] {"nope"}, true, null);
        WebEndpointResponse<FlagsEndpoint.Switched> longReason =
                endpoint.set(loggedIn(() -> "ada"), CHECKOUT, false, "r".repeat(5_000));
        store.close();
        WebEndpointResponse<FlagsEndpoint.Switched> closed = endpoint.set(loggedIn(() -> "ada"), CHECKOUT, false, null);

        assertThat(unknown.getStatus()).isEqualTo(400);
        assertThat(problem(unknown)).contains("nope");
        assertThat(longReason.getStatus()).isEqualTo(400);
        assertThat(problem(longReason)).contains("reason");
        assertThat(closed.getStatus()).isEqualTo(503);
        assertThat(problem(closed)).contains("closed");
    }

    private static @Nullable String problem(WebEndpointResponse<FlagsEndpoint.Switched> answer) {
        return Objects.requireNonNull(answer.getBody()).problem();
    }

    private dev.guidon.definition.Revision before() {
        return store.changes().base();
    }

    private static SecurityContext loggedIn(Principal principal) {
        return new SecurityContext() {
            @Override
            public @Nullable Principal getPrincipal() {
                return principal;
            }

            @Override
            public boolean isUserInRole(String role) {
                return false;
            }
        };
    }

    private static Definitions definitions() {
        try {
            return FlagFormat.parseYaml(
                    new ClassPathResource("shop-flags.yaml").getContentAsString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
