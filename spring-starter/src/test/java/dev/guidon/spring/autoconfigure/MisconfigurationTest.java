package dev.guidon.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.audit.AuditRelay;
import dev.guidon.redis.RedisFlagStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.kafka.core.KafkaTemplate;

@DisplayName("A misconfiguration is told with the property, what was found and what is allowed:")
class MisconfigurationTest {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(Contexts.all());

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    guidon.namespace=a b            | guidon.namespace          | a b          | letters
                    guidon.store=etcd               | guidon.store              | etcd         | MEMORY
                    guidon.start.limit=0s           | guidon.start.limit        | 0 s          | more than zero
                    guidon.start.limit=soon         | guidon.start.limit        | soon         | Update
                    guidon.start.mode=maybe         | guidon.start.mode         | maybe        | ONE_ATTEMPT
                    guidon.redis.timeout=1ms        | guidon.redis.timeout      | 1 ms         | at least
                    guidon.redis.uri=http://x       | guidon.redis.uri          | none         | redis://
                    guidon.redis.log-length=0       | guidon.redis.log-length   | 0            | at least 1
                    guidon.redis.member-caching.size=0 | guidon.redis.member-caching.size | 0  | at least 1
                    guidon.defaults=classpath:no    | guidon.defaults           | no           | classpath:flags.yaml
                    guidon.health.stale-status=     | guidon.health.stale-status | nothing     | OUT_OF_SERVICE
                    """)
    void values(String property, String name, String found, String allowed) {
        FailureAnalysis analysis = analysis(application.withPropertyValues(property.strip()));

        assertThat(analysis.getDescription()).contains(name, found);
        assertThat(analysis.getAction()).contains(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "guidon.redis.uri, redis://QXZ:pa#JZK@host",
        "guidon.redis.uri, redis://QXZ:pa:JZK@host",
        "guidon.redis.uri, redis-sentinel://QXZ:pa?JZK@host,other#master",
        "spring.data.redis.url, redis://QXZ:1?JZK@host",
    })
    @DisplayName("a URI whose password is not percent-encoded is not repeated")
    void uriWithPassword(String property, String uri) {
        FailureAnalysis analysis = analysis(application.withPropertyValues(property + "=" + uri));

        assertThat(analysis.getDescription()).contains(property);
        assertThat(analysis.getAction()).contains("percent-encode");
        StringBuilder everything = new StringBuilder(analysis.getDescription()).append(analysis.getAction());
        for (Throwable each = analysis.getCause(); each != null; each = each.getCause()) {
            everything.append(each);
        }
        assertThat(everything.toString()).doesNotContain("QXZ", "JZK");
    }

    @Test
    @DisplayName("a file that is not there")
    void noFile() {
        FailureAnalysis analysis = analysis(application.withPropertyValues(
                "guidon.store=file", "guidon.file.path=" + folder.resolve("flags.yaml")));

        assertThat(analysis.getDescription()).contains("guidon.file.path", "flags.yaml", "not found");
        assertThat(analysis.getAction()).contains("guidon.file.create-if-missing");
    }

    @Test
    @DisplayName("a file that is no YAML, with line and column")
    void brokenFile() throws IOException {
        Path file = Files.writeString(folder.resolve("flags.yaml"), "flags:\n  dark-mode: {enabled: tr");

        FailureAnalysis analysis =
                analysis(application.withPropertyValues("guidon.store=file", "guidon.file.path=" + file));

        assertThat(analysis.getDescription()).contains("guidon.file.path", "flags.yaml:2:");
    }

    @Test
    @DisplayName("a file that is asked for without a name")
    void unnamedFile() {
        FailureAnalysis analysis = analysis(application.withPropertyValues("guidon.store=file"));

        assertThat(analysis.getDescription()).contains("guidon.file.path", "nothing");
    }

    @Test
    @DisplayName("defaults with a mistake")
    void brokenDefaults() throws IOException {
        Path file = Files.writeString(folder.resolve("flags.yaml"), "flags: {dark-mode: {enabeld: true}}");

        FailureAnalysis analysis =
                analysis(application.withPropertyValues("guidon.store=memory", "guidon.defaults=file:" + file));

        assertThat(analysis.getDescription()).contains("guidon.defaults", "flags.dark-mode.enabeld", "line 1");
    }

    @Test
    @DisplayName("Redis without its module")
    void noModule() {
        FailureAnalysis analysis = analysis(application
                .withClassLoader(new FilteredClassLoader(RedisFlagStore.class))
                .withPropertyValues("guidon.store=redis"));

        assertThat(analysis.getDescription()).contains("guidon.store", "redis");
        assertThat(analysis.getAction()).contains("dev.guidon:guidon-redis-store");
    }

    @Test
    @DisplayName("Redis, when nothing says where it is")
    void noConnection() {
        FailureAnalysis analysis = analysis(application
                .withClassLoader(new FilteredClassLoader(RedisOperations.class))
                .withPropertyValues("guidon.store=redis"));

        assertThat(analysis.getAction()).contains("guidon.redis.uri", "spring-boot-starter-data-redis");
    }

    @Test
    @DisplayName("a master with replicas but without Sentinels")
    void masterReplica() {
        FailureAnalysis analysis =
                analysis(application.withPropertyValues("spring.data.redis.masterreplica.nodes=a:1,b:2"));

        assertThat(analysis.getDescription()).contains("spring.data.redis.masterreplica.nodes");
    }

    @Test
    @DisplayName("a store that gives nothing in time, when the application is to fail then")
    void failAfter() {
        FailureAnalysis analysis = analysis(application.withPropertyValues(
                "guidon.redis.uri=redis://127.0.0.1:1", "guidon.start.mode=fail", "guidon.start.limit=100ms"));

        assertThat(analysis.getDescription()).contains("guidon.start.mode", "127.0.0.1:1");
        assertThat(analysis.getAction()).contains("one-attempt");
    }

    @Test
    @DisplayName("an audit without its module")
    void noAuditModule() {
        FailureAnalysis analysis = analysis(application
                .withClassLoader(new FilteredClassLoader(AuditRelay.class))
                .withPropertyValues("guidon.store=memory", "guidon.audit.enabled=true"));

        assertThat(analysis.getDescription()).contains("guidon.audit.enabled");
        assertThat(analysis.getAction()).contains("dev.guidon:guidon-audit-kafka");
    }

    @Test
    @DisplayName("an audit, when nothing says where Kafka is")
    void noKafka() {
        FailureAnalysis analysis = analysis(application
                .withClassLoader(new FilteredClassLoader(KafkaTemplate.class))
                .withPropertyValues("guidon.store=memory", "guidon.audit.enabled=true"));

        assertThat(analysis.getAction()).contains("guidon.audit.properties.bootstrap.servers");
    }

    @Test
    @DisplayName("settings of Kafka that would break the trail, and a topic that cannot be")
    void kafkaSettings() {
        ApplicationContextRunner audited =
                application.withPropertyValues("guidon.store=memory", "guidon.audit.enabled=true");

        assertThat(analysis(audited.withPropertyValues("guidon.audit.properties.acks=1"))
                        .getDescription())
                .contains("guidon.audit.properties", "acks: found 1");
        assertThat(analysis(audited.withPropertyValues("spring.kafka.properties.isolation.level=read_uncommitted"))
                        .getDescription())
                .contains("isolation.level: found read_uncommitted");
        assertThat(analysis(audited.withPropertyValues("guidon.audit.topic.name=a b"))
                        .getDescription())
                .contains("guidon.audit.topic.name", "a b");
        assertThat(analysis(audited.withPropertyValues("guidon.audit.longest-retry=0s"))
                        .getDescription())
                .contains("guidon.audit.longest-retry", "0 s");
    }

    @Test
    @DisplayName("and where it was set")
    void origin() {
        FailureAnalysis analysis = analysis(application.withPropertyValues("guidon.namespace=a b"));

        assertThat(analysis.getDescription()).contains("Origin:").contains("guidon.namespace");
    }

    /** What Boot would print. */
    private static FailureAnalysis analysis(ApplicationContextRunner broken) {
        FailureAnalysis[] analysis = new FailureAnalysis[1];
        AtomicReference<Environment> environment = new AtomicReference<>();
        broken.withInitializer(context -> environment.set(context.getEnvironment()))
                .run(context -> {
                    assertThat(context).hasFailed();
                    Throwable failure = Objects.requireNonNull(context.getStartupFailure());
                    // Those of Boot that need more than is here are left out, as Boot does.
                    List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
                            .load(
                                    FailureAnalyzer.class,
                                    ArgumentResolver.of(Environment.class, environment.get())
                                            .and(BeanFactory.class, new DefaultListableBeanFactory()),
                                    (type, name, cause) -> {});
                    analysis[0] = analyzers.stream()
                            .map(analyzer -> analyzer.analyze(failure))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElseThrow(() -> new AssertionError("nothing is told of it", failure));
                });
        return analysis[0];
    }
}
