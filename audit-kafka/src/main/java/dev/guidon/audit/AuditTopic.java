package dev.guidon.audit;

import dev.guidon.definition.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The topic of a trail, and what becomes of it when it is not there.
 *
 * @param name its name
 * @param partitions how many partitions it is made with; 1 keeps all records in one order, with more only those of one definition
 *     are in order
 * @param replication how many copies of it there are; null for the broker's default
 * @param retention how long Kafka keeps the records; null for ever
 * @param ifMissing what a relay does if the topic has not been made yet
 * @param ifDeleted what a relay does if the topic that it has published to is gone
 */
public record AuditTopic(
        String name,
        int partitions,
        @Nullable Integer replication,
        @Nullable Duration retention,
        IfMissing ifMissing,
        IfDeleted ifDeleted) {

    /** The largest record that the topic takes, in bytes: a definition at its size limit, before and after, with a patch. */
    static final int MOST_RECORD_BYTES = 4 * 1024 * 1024;

    private static final String POLICY = "cleanup.policy";
    private static final String RETENTION = "retention.ms";
    private static final String RETENTION_BYTES = "retention.bytes";
    private static final String LARGEST = "max.message.bytes";
    private static final String IN_SYNC = "min.insync.replicas";

    /** Kafka counts milliseconds, and takes 0 for at once. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    /** What a relay does if the topic has not been made yet. */
    public enum IfMissing {
        /** It makes the topic. */
        CREATE,
        /** It waits until somebody makes it, and says how. */
        WAIT
    }

    /** What a relay does if the topic that it has published to is gone. */
    public enum IfDeleted {
        /** It makes the topic again, and publishes again what the store's log still holds. */
        RECREATE,
        /** It stops, and says so. The log is kept for it. */
        STOP
    }

    /** Checks the parts. */
    public AuditTopic {
        List<Problem> problems = new ArrayList<>();
        if (name.length() > 249 || !name.matches("[A-Za-z0-9._-]+") || name.matches("\\.{1,2}")) {
            problems.add(Problem.at("name", name, "1 to 249 letters, digits, '.', '_' and '-'"));
        }
        if (partitions < 1) {
            problems.add(Problem.at("partitions", partitions, "at least 1"));
        }
        if (replication != null && (replication < 1 || replication > Short.MAX_VALUE)) {
            problems.add(Problem.at("replication", replication, "1 to 32767"));
        }
        if (retention != null && (retention.compareTo(SHORTEST) < 0 || retention.compareTo(LONGEST) > 0)) {
            problems.add(Problem.at("retention", retention, "at least a millisecond; null for ever"));
        }
        Problem.refuse(problems);
    }

    /**
     * A topic of one partition that is kept for ever, made if it is missing; a relay whose topic was deleted stops.
     *
     * @param name its name
     * @return the topic
     */
    public static AuditTopic named(String name) {
        return new AuditTopic(name, 1, null, null, IfMissing.CREATE, IfDeleted.STOP);
    }

    /**
     * The same topic with other partitions.
     *
     * @param newPartitions how many
     * @return a new value
     */
    public AuditTopic withPartitions(int newPartitions) {
        return new AuditTopic(name, newPartitions, replication, retention, ifMissing, ifDeleted);
    }

    /**
     * The same topic with other copies.
     *
     * @param newReplication how many copies; null for the broker's default
     * @return a new value
     */
    public AuditTopic withReplication(@Nullable Integer newReplication) {
        return new AuditTopic(name, partitions, newReplication, retention, ifMissing, ifDeleted);
    }

    /**
     * The same topic kept for another time.
     *
     * @param newRetention how long; null for ever
     * @return a new value
     */
    public AuditTopic withRetention(@Nullable Duration newRetention) {
        return new AuditTopic(name, partitions, replication, newRetention, ifMissing, ifDeleted);
    }

    /**
     * The same topic with something else done when it is not there yet.
     *
     * @param newIfMissing what to do
     * @return a new value
     */
    public AuditTopic withIfMissing(IfMissing newIfMissing) {
        return new AuditTopic(name, partitions, replication, retention, newIfMissing, ifDeleted);
    }

    /**
     * The same topic with something else done when it is gone.
     *
     * @param newIfDeleted what to do
     * @return a new value
     */
    public AuditTopic withIfDeleted(IfDeleted newIfDeleted) {
        return new AuditTopic(name, partitions, replication, retention, ifMissing, newIfDeleted);
    }

    /** The settings of the topic itself. */
    Map<String, String> configs() {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(POLICY, "delete");
        configs.put(RETENTION, retention == null ? "-1" : Long.toString(retention.toMillis()));
        configs.put(RETENTION_BYTES, "-1");
        configs.put(LARGEST, Integer.toString(MOST_RECORD_BYTES));
        if (replication != null && replication > 2) {
            configs.put(IN_SYNC, "2");
        }
        return configs;
    }

    /**
     * What is wrong with a topic that is there, for a trail.
     *
     * @param settings the topic's settings by name; null for what is not known
     * @param copies how many replicas a partition has, at least
     */
    List<Problem> problems(Function<String, @Nullable String> settings, int copies) {
        List<Problem> problems = new ArrayList<>();
        String policy = settings.apply(POLICY);
        if (policy != null && policy.contains("compact")) {
            problems.add(Problem.at(POLICY, policy, "delete, since compaction deletes history"));
        }
        String wanted = configs().getOrDefault(RETENTION, "");
        if (isLess(settings.apply(RETENTION), wanted)) {
            problems.add(Problem.at(
                    RETENTION, settings.apply(RETENTION), wanted + ", or the relay's withRetention as it is meant"));
        }
        if (isLess(settings.apply(RETENTION_BYTES), "-1")) {
            problems.add(Problem.at(RETENTION_BYTES, settings.apply(RETENTION_BYTES), "-1"));
        }
        if (isLess(settings.apply(LARGEST), Integer.toString(MOST_RECORD_BYTES))) {
            problems.add(Problem.at(LARGEST, settings.apply(LARGEST), "at least " + MOST_RECORD_BYTES));
        }
        if (replication != null && copies < replication) {
            problems.add(Problem.at("replicas", copies, "at least " + replication));
        }
        if (copies > 2 && isLess(settings.apply(IN_SYNC), "2")) {
            problems.add(Problem.at(
                    IN_SYNC, settings.apply(IN_SYNC), "at least 2, since there are " + copies + " replicas"));
        }
        return problems;
    }

    /** Whether one limit is lower than another; -1 is none. */
    private static boolean isLess(@Nullable String found, String wanted) {
        if (found == null || found.equals("-1")) {
            return false;
        }
        return wanted.equals("-1") || Long.parseLong(found) < Long.parseLong(wanted);
    }

    /** The command that makes the topic. */
    String command(String bootstrapServers) {
        StringBuilder command = new StringBuilder("kafka-topics.sh --bootstrap-server " + bootstrapServers
                + " --create --topic " + name + " --partitions " + partitions);
        if (replication != null) {
            command.append(" --replication-factor ").append(replication);
        }
        configs()
                .forEach((key, value) ->
                        command.append(" --config ").append(key).append('=').append(value));
        return command.toString();
    }
}
