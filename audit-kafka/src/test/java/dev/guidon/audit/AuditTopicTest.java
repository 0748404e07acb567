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
                        "retention: found PT0S; allowed: at least a millisecond");
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
}
