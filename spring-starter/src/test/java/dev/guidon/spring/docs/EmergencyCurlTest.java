package dev.guidon.spring.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guidon.definition.Flag;
import dev.guidon.store.FlagStore;
import dev.guidon.store.InMemoryFlagStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/** Runs the commands of docs/runbook.md that switch a flag off, with curl, against applications with CSRF protection. */
@DisplayName("The runbook's curl switches a flag off")
class EmergencyCurlTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(?:sh|bash)\\n(.*?)^```");

    @TempDir
    private Path folder;

    @Test
    @DisplayName(
            "by basic authentication, with the filter chain of the Spring page, and CSRF protection everywhere else")
    void basic() throws Exception {
        try (ConfigurableApplicationContext shop = start(WebApplicationType.SERVLET, WithChain.class)) {
            assertThat(run(shop, command("curl -u bob"))).contains("\"enabled\":false", "\"actor\":\"bob\"");
            assertThat(isOn(shop)).isFalse();
            assertThat(shop.getBean("everythingElse", SecurityFilterChain.class).getFilters())
                    .hasAtLeastOneElementOfType(CsrfFilter.class);
        }
    }

    @Test
    @DisplayName("and with WebFlux")
    void basicReactive() throws Exception {
        try (ConfigurableApplicationContext shop = start(WebApplicationType.REACTIVE, WithReactiveChain.class)) {
            assertThat(run(shop, command("curl -u bob"))).contains("\"enabled\":false", "\"actor\":\"bob\"");
            assertThat(isOn(shop)).isFalse();
        }
    }

    @Test
    @DisplayName(
            "by the login page, with what Spring Boot sets up by itself, where it would be 401 without a CSRF token")
    void session() throws Exception {
        try (ConfigurableApplicationContext shop = start(WebApplicationType.SERVLET, Shop.class)) {
            assertThat(run(shop, command("curl -u bob") + " -s -w '%{http_code}'"))
                    .isEqualTo("401");
            assertThat(isOn(shop)).isTrue();

            assertThat(run(shop, command("_csrf"))).contains("\"enabled\":false", "\"actor\":\"bob\"");
            assertThat(isOn(shop)).isFalse();
            assertThat(folder.resolve("jar")).doesNotExist();
        }
    }

    @Test
    @DisplayName("by a bearer token")
    void bearer() throws Exception {
        try (ConfigurableApplicationContext shop = start(WebApplicationType.SERVLET, WithTokens.class)) {
            assertThat(run(shop, command("Bearer"))).contains("\"enabled\":false", "\"actor\":\"bob\"");
            assertThat(isOn(shop)).isFalse();
        }
    }

    /** The one block of the runbook that has a text. */
    private static String command(String with) throws IOException {
        List<String> blocks = BLOCK.matcher(Files.readString(page("docs/runbook.md")))
                .results()
                .map(found -> found.group(1).strip())
                .filter(block -> block.contains("/actuator/flags/") && block.contains(with))
                .toList();
        assertThat(blocks).hasSize(1);
        return blocks.get(0);
    }

    private String run(ConfigurableApplicationContext shop, String command) throws Exception {
        assumeTrue(isThere("curl") && isThere("bash"), "skipped: needs curl and bash");
        String here = "http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port");
        ProcessBuilder bash = new ProcessBuilder(
                "bash", "-c", command.replace("https://shop.example.com", here).replace("-u bob", "-u bob:secret"));
        bash.environment().put("TOKEN", "tonight");
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Path output = folder.resolve("output");
        Process process = bash.directory(folder.toFile())
                .redirectInput(password.toFile())
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String answer = Files.readString(output);
        assertThat(process.exitValue())
                .as(() -> answer + new String(bytes(process), StandardCharsets.UTF_8))
                .isZero();
        return answer;
    }

    private static byte[] bytes(Process process) {
        try {
            return process.getErrorStream().readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isThere(String program) {
        return Arrays.stream(String.valueOf(System.getenv("PATH")).split(java.io.File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static boolean isOn(ConfigurableApplicationContext shop) {
        return shop.getBean(FlagStore.class)
                .load()
                .flag("new-checkout")
                .orElseThrow()
                .enabled();
    }

    private static ConfigurableApplicationContext start(WebApplicationType type, Class<?> application) {
        return new SpringApplicationBuilder(application)
                .web(type)
                .properties(
                        "server.port=0",
                        "spring.security.user.name=bob",
                        "spring.security.user.password=secret",
                        "spring.security.user.roles=OPERATOR",
                        "management.endpoints.web.exposure.include=flags",
                        "management.endpoint.flags.access=unrestricted")
                .run();
    }

    private static Path page(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(name))) {
            folder = java.util.Objects.requireNonNull(folder.getParent(), "the folder docs is not there");
        }
        return folder.resolve(name);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {

        @Bean
        FlagStore flagStore() {
            return InMemoryFlagStore.of(Flag.bool("new-checkout", true));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithChain extends Shop {

        @Bean
        @Order(1)
        SecurityFilterChain flagsEndpointSecurity(HttpSecurity http) throws Exception {
            return http.securityMatcher("/actuator/flags/**")
                    .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("OPERATOR"))
                    .httpBasic(Customizer.withDefaults())
                    .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .formLogin(Customizer.withDefaults())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithReactiveChain extends Shop {

        @Bean
        @Order(1)
        SecurityWebFilterChain flagsEndpointSecurity(ServerHttpSecurity http) {
            return http.securityMatcher(ServerWebExchangeMatchers.pathMatchers("/actuator/flags/**"))
                    .authorizeExchange(exchanges -> exchanges.anyExchange().hasRole("OPERATOR"))
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class WithTokens extends Shop {

        @Bean
        SecurityFilterChain tokens(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2ResourceServer(server -> server.opaqueToken(tokens -> tokens.introspector(token -> {
                        if (!token.equals("tonight")) {
                            throw new BadOpaqueTokenException("unknown");
                        }
                        return new DefaultOAuth2AuthenticatedPrincipal(
                                "bob", Map.of("sub", "bob"), AuthorityUtils.NO_AUTHORITIES);
                    })))
                    .build();
        }
    }
}
