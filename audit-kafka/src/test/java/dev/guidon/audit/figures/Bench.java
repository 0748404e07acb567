package dev.guidon.audit.figures;

import dev.guidon.audit.AuditRelay;
import dev.guidon.audit.AuditTopic;
import dev.guidon.definition.About;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.KafkaBroker;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.LogLimit;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** A Redis, a Kafka broker, and what is opened on them. */
final class Bench implements AutoCloseable {

    static final String TOPIC = "flag-audit";

    private static final int LOG = 200_000;
    private static final int BODY = 1_024;

    final RedisServer redis;
    final KafkaBroker broker;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Bench() {
        redis = closing(RedisServer.start("appendfsync no", "save \"\""));
        broker = closing(KafkaBroker.start());
    }

    <T extends AutoCloseable> T closing(T toClose) {
        opened.push(toClose);
        return toClose;
    }

    RedisFlagStore store(String namespace) {
        return closing(open(redis.uri(), namespace));
    }

    static RedisFlagStore open(String uri, String namespace) {
        return RedisFlagStore.builder(namespace)
                .uri(uri)
                .timeout(Duration.ofSeconds(10))
                .logLength(LOG)
                .logLimit(LOG, LogLimit.KEEP)
                .build();
    }

    AuditRelay relay(RedisFlagStore store) {
        return closing(relay(store, broker.bootstrapServers()));
    }

    static AuditRelay relay(RedisFlagStore store, String bootstrapServers) {
        return AuditRelay.builder(store)
                .topic(AuditTopic.named(TOPIC))
                .kafka(Map.of("bootstrap.servers", bootstrapServers))
                .start();
    }

    /** A relay in a process of its own. */
    Process relayProcess(String namespace) throws java.io.IOException {
        return process(namespace, broker.bootstrapServers());
    }

    /** The same without a relay. */
    Process storeProcess(String namespace) throws java.io.IOException {
        return process(namespace);
    }

    private Process process(String namespace, String... brokers) throws java.io.IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                RelayProcess.class.getName(),
                redis.uri(),
                namespace));
        command.addAll(List.of(brokers));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        closing(() -> process.destroyForcibly().waitFor());
        return process;
    }

    /** A flag with a body of 1 KB. */
    static Flag flag(int number, boolean enabled) {
        Flag flag = Flag.bool("flag-" + number, enabled).withAbout(about("x"));
        int left = BODY - FlagFormat.write(flag).length();
        return flag.withAbout(about("x ".repeat(left / 2 + 1)));
    }

    private static About about(String description) {
        return new About(description, null, "team-checkout", List.of(), null);
    }

    /** Puts a flag that has such a version. */
    static ChangeSet put(Flag flag, Version version) {
        return ChangeSet.of("ada@example.com", "measured", List.of(new Change.Put(flag, version)));
    }

    static void until(Duration most, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(most)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.out.println("not closed: " + e);
            }
        }
    }
}
