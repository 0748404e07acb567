package dev.guidon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.audit.AuditRelay;
import dev.guidon.audit.AuditRelayMetrics;
import dev.guidon.definition.Flag;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.redis.RedisFlagStoreMetrics;
import dev.guidon.store.FlagStore;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

@DisplayName("With a Redis, a Kafka and all meters, as the page on metrics sets them up,")
class DocumentedMetersTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(guidon\\.[a-z.]+)` \\| (\\w+) \\|([^|]*)\\|([^|]*)\\| .+ \\|$");
    private static final Pattern NAME = Pattern.compile("\\b(?:guidon|cache)_[a-z_]+\\b");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\b(?:by|on) \\([^)]*\\)");

    private static final Deque<AutoCloseable> OPENED = new ArrayDeque<>();
    private static final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @BeforeAll
    static void setUp() throws Exception {
        RedisServer server = opened(RedisServer.start());
        KafkaBroker broker = opened(KafkaBroker.start());
        String redisUri = server.uri();
        Map<String, String> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());

        RedisFlagStore redis = RedisFlagStore.open(redisUri, "production");
        FlagStore store = MeteredFlagStore.of(redis, registry);

        FlagMetrics metrics = new FlagMetrics(store.namespace());
        FeatureFlags flags =
                FeatureFlags.builder(store).evaluationListener(metrics).build();
        metrics.observe(flags).bindTo(registry);

        new RedisFlagStoreMetrics(redis).bindTo(registry);

        AuditRelay relay = AuditRelay.builder(store).kafka(kafka).start();
        new AuditRelayMetrics(relay).bindTo(registry);

        opened(store);
        opened(relay);
        opened(flags);
        assertThat(flags.await(FlagEditor.of(store, "ada").set("new-checkout", true), Duration.ofSeconds(10)))
                .isTrue();
        assertThat(flags.isEnabled("new-checkout")).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> relay.status().published() == 1);
    }

    @AfterAll
    static void close() throws Exception {
        for (AutoCloseable one : OPENED) {
            one.close();
        }
    }

    @Test
    @DisplayName("the change is seen by each of them")
    void values() {
        Scrape scrape = Scrape.of(registry);

        assertThat(scrape.value("guidon_evaluations_total", "flag", "new-checkout"))
                .isEqualTo(1);
        assertThat(scrape.value("guidon_store_operations_seconds_count", "operation", "commit", "outcome", "success"))
                .isEqualTo(1);
        assertThat(scrape.value("guidon_propagation_seconds_count")).isEqualTo(1);
        assertThat(scrape.value("guidon_redis_available")).isEqualTo(1);
        assertThat(scrape.value("guidon_redis_connections_opened_total")).isPositive();
        assertThat(scrape.value("guidon_redis_log_limit_commits")).isEqualTo(100_000);
        assertThat(scrape.sum("cache_gets_total", "cache", "guidon.definitions"))
                .isPositive();
        assertThat(scrape.value("guidon_audit_state", "state", "active")).isEqualTo(1);
        assertThat(scrape.value("guidon_audit_published_records_total", "topic", "guidon-audit"))
                .isEqualTo(1);
        assertThat(scrape.value("guidon_audit_revision")).isEqualTo(1);
        await().until(() -> Scrape.of(registry).value("guidon_audit_lag_revisions") == 0);
    }

    @Test
    @DisplayName("there are the meters of the table, with their types, tags and units, and no others")
    void table() throws IOException {
        Map<String, List<Meter>> meters = registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("guidon."))
                .collect(Collectors.groupingBy(meter -> meter.getId().getName()));
        List<String> documented = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(DOCS.resolve("metrics.md")));
        while (row.find()) {
            String name = row.group(1);
            documented.add(name);
            Set<String> tags = new TreeSet<>(Set.of("guidon.namespace"));
            Stream.of(row.group(3).split("[`, ]+"))
                    .filter(tag -> !tag.isEmpty())
                    .forEach(tags::add);
            assertThat(meters.get(name)).as(name).isNotEmpty().allSatisfy(meter -> {
                assertThat(meter.getId().getType().name().toLowerCase(Locale.ROOT))
                        .isEqualTo(row.group(2));
                assertThat(meter.getId().getTags().stream().map(Tag::getKey)).containsExactlyElementsOf(tags);
                assertThat(String.valueOf(meter.getId().getBaseUnit()))
                        .isEqualTo(
                                row.group(4).isBlank() ? "null" : row.group(4).strip());
            });
        }
        assertThat(documented).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(meters.keySet());
    }

    @Test
    @DisplayName("Prometheus has every name that the dashboard uses")
    void dashboard() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(Files.readString(DOCS.resolve("grafana-dashboard.json")));
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(panel.get("title").asString()).isNotBlank();
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.get("expr").asString());
            }
        }

        assertThat(dashboard.get("uid").asString()).isNotBlank();
        assertThat(expressions).hasSizeGreaterThan(25);
        assertThat(names(expressions))
                .hasSizeGreaterThan(20)
                .isSubsetOf(Scrape.of(registry).names());
    }

    @Test
    @DisplayName("Prometheus has every name that the alerts use")
    void alerts() throws IOException {
        JsonNode rules = new YAMLMapper().readTree(Files.readString(DOCS.resolve("alerts.yaml")));
        List<String> expressions = new ArrayList<>();
        List<String> alerts = new ArrayList<>();
        for (JsonNode group : rules.get("groups")) {
            assertThat(group.get("name").asString()).startsWith("guidon-");
            for (JsonNode rule : group.get("rules")) {
                alerts.add(rule.get("alert").asString());
                expressions.add(rule.get("expr").asString());
                assertThat(rule.at("/labels/severity").asString()).isIn("info", "warning", "critical");
                assertThat(rule.at("/annotations/summary").asString()).isNotBlank();
            }
        }

        assertThat(alerts).doesNotHaveDuplicates().hasSizeGreaterThan(15);
        assertThat(names(expressions))
                .hasSizeGreaterThan(12)
                .isSubsetOf(Scrape.of(registry).names());
        assertThat(Files.readString(DOCS.resolve("metrics.md"))
                        .lines()
                        .filter(line -> line.startsWith("| `Guidon"))
                        .flatMap(line ->
                                Pattern.compile("Guidon\\w+").matcher(line).results())
                        .map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(alerts);
    }

    @Test
    @DisplayName("fewer series can be had by a filter")
    void fewerSeries() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config()
                .meterFilter(MeterFilter.denyNameStartsWith("guidon.flag."))
                .meterFilter(MeterFilter.ignoreTags("flag", "variant"));
        try (Meters meters = Meters.of(Flag.bool("a", true))) {
            meters.metrics.bindTo(registry);
            meters.flags.isEnabled("a");

            Scrape scrape = Scrape.of(registry);
            assertThat(scrape.value("guidon_evaluations_total", "reason", "static"))
                    .isEqualTo(1);
            assertThat(scrape.names()).doesNotContain("guidon_flag_last_evaluation_timestamp_seconds");
        }
    }

    private static Set<String> names(List<String> expressions) {
        return expressions.stream()
                .map(expression -> LABELS.matcher(expression).replaceAll(""))
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T extends AutoCloseable> T opened(T one) {
        OPENED.push(one);
        return one;
    }
}
