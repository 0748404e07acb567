package dev.guidon.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guidon.audit.AuditTopic.IfDeleted;
import dev.guidon.audit.AuditTopic.IfMissing;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The topic of a trail")
class AuditTopicTest {

    private static final AuditTopic TOPIC = AuditTopic.named("audit");

    @Test
    @DisplayName("has one partition, is kept for ever, made if missing, and not made again when it was deleted")
    void defaults() {
        assertThat(TOPIC).isEqualTo(new AuditTopic("audit", 1, null, null, IfMissing.CREATE, IfDeleted.STOP));
        assertThat(TOPIC.configs())
                .containsEntry("retention.ms", "-1")
                .containsEntry("retention.bytes", "-1")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("max.message.bytes", "4194304")
                .doesNotContainKey("min.insync.replicas");
    }

    @Test
    @DisplayName("changes one thing at a time")
    void changes() {
        AuditTopic all = TOPIC.withPartitions(3)
                .withReplication(2)
                .withRetention(Duration.ofDays(400))
                .withIfMissing(IfMissing.WAIT)
                .withIfDeleted(IfDeleted.RECREATE);

        assertThat(all)
                .isEqualTo(new AuditTopic("audit", 3, 2, Duration.ofDays(400), IfMissing.WAIT, IfDeleted.RECREATE));
        assertThat(all.withRetention(null).withReplication(null).configs()).containsEntry("retention.ms", "-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "\u00e4", "a\n"})
    @DisplayName("has a name that Kafka takes")
    void name(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuditTopic.named(name))
                .withMessageStartingWith("name: found")
                .withMessageContaining("allowed: 1 to 249 letters");
        assertThatIllegalArgumentException().isThrownBy(() -> AuditTopic.named("a".repeat(250)));
        assertThatCode(() -> AuditTopic.named("a".repeat(249))).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("has partitions, copies and a retention that Kafka takes; all that is wrong is told at once")
    void numbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuditTopic("", 0, 0, Duration.ZERO, IfMissing.CREATE, IfDeleted.STOP))
                .withMessageContainingAll(
                        "name: found",
                        "partitions: found 0; allowed: at least 1",
                        "replication: found 0; allowed: 1 to 32767",
                        "retention: found 0 s; allowed: at least a millisecond");
        for (Duration wrong :
                new Duration[] {Duration.ofNanos(999_999), Duration.ofDays(-1), ChronoUnit.FOREVER.getDuration()}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TOPIC.withRetention(wrong))
                    .withMessageContaining("null for ever");
        }
        assertThat(TOPIC.withRetention(Duration.ofMillis(1)).configs()).containsEntry("retention.ms", "1");
        assertThat(TOPIC.withRetention(Duration.ofMillis(Long.MAX_VALUE)).configs())
                .containsEntry("retention.ms", Long.toString(Long.MAX_VALUE));
    }

    @Test
    @DisplayName("asks for two copies that have each record, as soon as there are three")
    void copies() {
        assertThat(TOPIC.withReplication(2).configs()).doesNotContainKey("min.insync.replicas");
        assertThat(TOPIC.withReplication(3).configs()).containsEntry("min.insync.replicas", "2");
    }

    @Test
    @DisplayName("tells the command that makes it")
    void command() {
        assertThat(TOPIC.command("a:1,b:2"))
                .isEqualTo("kafka-topics.sh --bootstrap-server a:1,b:2 --create --topic audit --partitions 1"
                        + " --config cleanup.policy=delete --config retention.ms=-1 --config retention.bytes=-1"
                        + " --config max.message.bytes=4194304");
        assertThat(TOPIC.withPartitions(6)
                        .withReplication(3)
                        .withRetention(Duration.ofDays(1))
                        .command("a:1"))
                .contains("--partitions 6 --replication-factor 3 ", "retention.ms=86400000", "min.insync.replicas=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cleanup.policy | delete | ''",
                "cleanup.policy | compact | cleanup.policy: found \"compact\"; allowed: delete, since compaction deletes history",
                "cleanup.policy | compact,delete | cleanup.policy: found",
                "retention.ms | -1 | ''",
                "retention.ms | 86400000 | ''",
                "retention.ms | 86399999 | retention.ms: found \"86399999\"; allowed: 86400000",
                "retention.bytes | -1 | ''",
                "retention.bytes | 1000000000 | retention.bytes: found \"1000000000\"; allowed: -1",
                "max.message.bytes | 4194304 | ''",
                "max.message.bytes | 1048588 | max.message.bytes: found \"1048588\"; allowed: at least 4194304",
                "min.insync.replicas | 2 | ''",
                "min.insync.replicas | 1 | min.insync.replicas: found \"1\"; allowed: at least 2, since there are 3 replicas"
            })
    @DisplayName("that is there is fit to keep the trail, or it is said what is wrong with it and what is allowed")
    void fit(String setting, String value, String problem) {
        AuditTopic wanted = TOPIC.withRetention(Duration.ofDays(1)).withReplication(3);

        assertThat(wanted.problems(name -> name.equals(setting) ? value : null, 3))
                .hasSize(problem.isEmpty() ? 0 : 1)
                .allSatisfy(found -> assertThat(found.toString()).startsWith(problem));
    }

    @Test
    @DisplayName("has as many copies as are asked for, and a retention for ever unless another is asked for")
    void fitToWhatIsAskedFor() {
        assertThat(TOPIC.withReplication(3).problems(name -> null, 2))
                .extracting(Object::toString)
                .containsExactly("replicas: found 2; allowed: at least 3");
        assertThat(TOPIC.problems(name -> name.equals("retention.ms") ? "604800000" : null, 1))
                .extracting(Object::toString)
                .containsExactly(
                        "retention.ms: found \"604800000\"; allowed: -1, or the relay's withRetention as it is meant");
        assertThat(TOPIC.problems(name -> name.equals("min.insync.replicas") ? "1" : null, 2))
                .isEmpty();
    }
}
