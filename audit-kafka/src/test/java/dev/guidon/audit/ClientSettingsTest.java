package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The settings of Kafka's clients")
class ClientSettingsTest {

    private static final String ADDRESS = "127.0.0.1:9";

    @ParameterizedTest
    @CsvSource({
        "acks, 1, all, exactly once",
        "acks, 0, all, exactly once",
        "enable.idempotence, false, true, exactly once",
        "isolation.level, read_uncommitted, read_committed, exactly once",
        "enable.auto.commit, true, false, exactly once",
        "group.protocol, consumer, classic, the relay decides",
        "allow.auto.create.topics, true, false, the relay decides",
        "auto.offset.reset, latest, earliest, the relay decides",
        "partition.assignment.strategy, x.Range, org.apache.kafka.clients.consumer.Coop, the relay decides",
        "key.serializer, x.Y, org.apache.kafka.common.serialization.ByteArraySerializer, the relay decides",
        "value.deserializer, x.Y, org.apache.kafka.common.serialization.ByteArrayDeserializer, the relay decides"
    })
    @DisplayName(
            "that exactly-once depends on are refused: the message names the setting, what was found, is allowed, and why")
    void refused(String name, String found, String allowed, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(name, found))
                .withMessageStartingWith(name + ": found " + found + "; allowed: " + allowed)
                .withMessageContaining(why);
    }

    @Test
    @DisplayName("are all refused at once, and missing servers with them")
    void allAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientSettings(Map.of("acks", 1, "enable.idempotence", false), "name"))
                .withMessageContainingAll(
                        "acks: found 1", "enable.idempotence: found false", "bootstrap.servers: found");
    }

    @Test
    @DisplayName("may say in their own words what is allowed")
    void otherSpellings() {
        Map<String, Object> given = new HashMap<>();
        given.put("acks", -1);
        given.put("enable.idempotence", true);
        given.put("isolation.level", "READ_COMMITTED ");
        given.put("enable.auto.commit", "FALSE");
        given.put("partition.assignment.strategy", List.of(CooperativeStickyAssignor.class));
        given.put("key.serializer", ByteArraySerializer.class);

        ClientSettings settings = settings(given);

        assertThatCode(settings::validate).doesNotThrowAnyException();
        assertThat(settings.producer()).containsEntry("acks", "all");
        assertThat(settings.consumer()).containsEntry("isolation.level", "read_committed");
    }

    @Test
    @DisplayName("need an address")
    void address() {
        Map<String, Object> none = new HashMap<>();
        none.put("bootstrap.servers", null);

        for (Map<String, Object> given : List.of(
                Map.<String, Object>of(),
                none,
                Map.<String, Object>of("bootstrap.servers", " "),
                Map.<String, Object>of("bootstrap.servers", List.of()))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new ClientSettings(given, "name"))
                    .withMessage("bootstrap.servers: found nothing; allowed: host:port of a broker");
        }
        assertThat(new ClientSettings(Map.of("bootstrap.servers", List.of("a:1", "b:2")), "name").bootstrapServers())
                .isEqualTo("a:1,b:2");
    }

    @Test
    @DisplayName("have defaults, which may be changed")
    void defaults() {
        assertThat(settings("client.id", "mine").producer())
                .containsEntry("client.id", "mine")
                .containsEntry("transactional.id", "name")
                .containsEntry("max.request.size", AuditTopic.MOST_RECORD_BYTES);
        assertThat(settings("group.id", "other").consumer()).containsEntry("group.id", "other");
        assertThat(settings("transactional.id", "another").transactionalId()).isEqualTo("another");
    }

    @Test
    @DisplayName("go to the clients that know them, and unknown ones to all, for interceptors and the like")
    void toWhom() {
        Map<String, Object> given = new HashMap<>();
        given.put("linger.ms", 7);
        given.put("max.poll.records", 8);
        given.put("my.interceptor.address", "x");

        ClientSettings settings = settings(given);

        assertThat(settings.producer())
                .containsKeys("linger.ms", "my.interceptor.address")
                .doesNotContainKey("group.id");
        assertThat(settings.consumer()).containsKeys("max.poll.records", "my.interceptor.address", "group.id");
        assertThat(settings.consumer()).doesNotContainKeys("linger.ms", "transactional.id", "acks");
        assertThat(settings.admin()).containsKey("my.interceptor.address").doesNotContainKeys("acks", "group.id");
    }

    @ParameterizedTest
    @CsvSource({"request.timeout.ms, 30000", "heartbeat.interval.ms, 10000", "session.timeout.ms, 45000"})
    @DisplayName("fit the defaults when only one of several that depend on each other is given")
    void fit(String name, int value) {
        ClientSettings settings = settings(name, value);

        assertThatCode(() -> {
                    settings.validate();
                    Admin.create(settings.admin()).close();
                    new KafkaConsumer<byte[], byte[]>(settings.consumer()).close();
                    new KafkaProducer<byte[], byte[]>(settings.producer()).close();
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config",
                "ssl.keystore.password",
                "ssl.key.password",
                "ssl.truststore.password",
                "ssl.keystore.key",
                "my.client.secret",
                "my.api.token"
            })
    @DisplayName("are never shown if they are secret")
    void secrets(String name) {
        String secret = name.contains("jaas") ? "x.Plain required password=\"s3cr3t-x\";" : "s3cr3t-x";
        for (Object value : List.of(secret, new Password(secret))) {
            ClientSettings settings = settings(name, value);

            assertThat(settings.masked("a s3cr3t-x b")).isEqualTo("a [hidden] b");
            assertThat(settings.toString()).contains(ADDRESS).doesNotContain("s3cr3t");
        }
    }

    @Test
    @DisplayName("are hidden where one secret is a part of another, and inside of a JAAS configuration")
    void secretsInSecrets() {
        Map<String, Object> given = new HashMap<>();
        given.put("ssl.key.password", "pass");
        given.put("ssl.keystore.password", "passphrase-of-many");
        given.put(
                "sasl.jaas.config", "x.Plain required username=\"u\" password=\"inner-one\" clientSecret='inner-two';");

        ClientSettings settings = settings(given);

        assertThat(settings.masked("passphrase-of-many, inner-one, inner-two"))
                .isEqualTo("[hidden], [hidden], [hidden]");
    }

    @Test
    @DisplayName("that are refused show no secret")
    void refusedWithoutSecrets() {
        Map<String, Object> given = new HashMap<>();
        given.put("bootstrap.servers", ADDRESS);
        given.put("ssl.keystore.password", "s3cr3t-x");
        given.put("acks", "s3cr3t-x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientSettings(given, "name"))
                .withMessageStartingWith("acks: found [hidden]; allowed: all");

        given.remove("acks");
        given.put("request.timeout.ms", "s3cr3t-x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientSettings.ofReader(given))
                .withMessageStartingWith("Kafka refuses its settings: ")
                .withMessageContaining("request.timeout.ms")
                .withMessageNotContaining("s3cr3t")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QXZ:JZK@host:9092", "SASL_SSL://QXZ:JZK@host:9092", "a:1,QXZ JZK@b:2", "QXZ", "host:JZK"})
    @DisplayName("show nothing of an address that is none, which may hold a password")
    void addressWithPassword(String servers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClientSettings(Map.of("bootstrap.servers", servers), "name"))
                .withMessageStartingWith("bootstrap.servers: found a text that is none; allowed: host:port")
                .withMessageNotContainingAny("QXZ", "JZK")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:1", "a.b-c:9092, d:1", "PLAINTEXT://host:9092,[::1]:9092", " a:1 ,"})
    @DisplayName("take every address that Kafka takes")
    void addresses(String servers) {
        assertThatCode(() -> new ClientSettings(Map.of("bootstrap.servers", servers), "name"))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("show no value that Kafka refuses, and no secret of a JAAS configuration without quotes")
    void valuesThatAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ClientSettings.ofReader(Map.of("bootstrap.servers", ADDRESS, "retry.backoff.ms", "QXZ")))
                .withMessageContaining("retry.backoff.ms")
                .withMessageNotContaining("QXZ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ClientSettings.ofReader(Map.of("bootstrap.servers", ADDRESS, "acks", "QXZ@:/")))
                .withMessageContaining("acks: found [hidden]")
                .withMessageNotContaining("QXZ");
        assertThat(settings("sasl.jaas.config", "x.Plain required username=u password=inner-one;")
                        .masked("inner-one"))
                .isEqualTo("[hidden]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob:hunter-22@kafka:9092",
                "bob:hunt#er-22@kafka:9092",
                "kafka://bob:hunter-22@kafka:9092",
                "hunter-22",
                "kafka:9092,hunter-22",
                "kafka:hunter-22",
                "bob:hunter-22:9092",
                "kafka:9092 hunter-22",
                "kafka:9092?password=hunter-22"
            })
    @DisplayName("have addresses of which nothing is shown, or looked up, if they are none")
    void noAddresses(String servers) {
        for (Object value : List.of(servers, List.of("kafka:9092", servers))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClientSettings.ofReader(Map.of("bootstrap.servers", value)))
                    .withMessageStartingWith(
                            "bootstrap.servers: found a text that is none; allowed: host:port of a broker")
                    .withMessageNotContainingAny("hunt", "22", "bob");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.Plain required username=\"bob-1\" password=\"hun\"ter-22\";",
                "x.Plain required username=\"bob-1\" password=\"hunter-22;",
                "x.Plain required username=\"bob-1\" password=\"hunter-22\"",
                "x.Plain required username=bob-1 password=hun ter-22;",
                "x.Plain username=\"bob-1\" password=\"hunter-22\";",
                "hunter-22"
            })
    @DisplayName("have a JAAS configuration of which nothing is shown if it cannot be read")
    void jaas(String jaas) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("sasl.jaas.config", jaas))
                .withMessageStartingWith("sasl.jaas.config: found [hidden]; allowed: MODULE required")
                .withMessageNotContainingAny("hun", "ter-22", "bob");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\\\"c\\\\\";",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username='a'\n password='b\"c' ;",
                "org.apache.kafka.common.security.plain.PlainLoginModule REQUIRED username=a password=b-c;"
            })
    @DisplayName("have a JAAS configuration as Kafka takes it")
    void jaasThatIsRight(String jaas) {
        ClientSettings settings = settings(
                Map.of("sasl.jaas.config", jaas, "sasl.mechanism", "PLAIN", "security.protocol", "SASL_PLAINTEXT"));

        assertThatCode(() -> Admin.create(settings.admin()).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acks",
                "isolation.level",
                "request.timeout.ms",
                "security.protocol",
                "compression.type",
                "client.dns.lookup",
                "interceptor.classes",
                "max.request.size",
                "auto.offset.reset",
                "ssl.endpoint.identification.algorithm.x"
            })
    @DisplayName("show no value that is refused, which may be a password in the wrong place")
    void misplaced(String name) {
        for (Object value : List.of("hunter 22", new Password("hunter 22"), List.of("hunter 22"))) {
            assertThatCode(() -> settings(name, value).validate())
                    .satisfies(refused -> assertThat(String.valueOf(refused)).doesNotContain("hunter", "22"));
        }
    }

    private static ClientSettings settings(String name, Object value) {
        return settings(Map.of(name, value));
    }

    private static ClientSettings settings(Map<String, Object> given) {
        return new ClientSettings(Kafka.with(Map.of("bootstrap.servers", ADDRESS), pairs(given)), "name");
    }

    private static Object[] pairs(Map<String, Object> given) {
        return given.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray();
    }
}
