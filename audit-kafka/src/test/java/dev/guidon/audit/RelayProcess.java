package dev.guidon.audit;

import dev.guidon.redis.RedisFlagStore;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay in a process of its own, which can be killed and frozen. */
final class RelayProcess implements AutoCloseable {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final Process process;
    private final Path log;

    private RelayProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static RelayProcess start(String redis, String namespace, String topic, Map<String, Object> kafka) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RelayProcess.class.getName(),
                redis,
                namespace,
                topic));
        kafka.forEach((name, value) -> command.add(name + "=" + value));
        try {
            Path log = Files.createTempFile("relay-", ".log");
            File file = log.toFile();
            file.deleteOnExit();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(file)
                    .start();
            RUNNING.add(process);
            return new RelayProcess(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The process: a relay until its standard input ends.
     *
     * @param arguments Redis, namespace, topic and settings of Kafka
     * @throws IOException if standard input cannot be read
     */
    public static void main(String... arguments) throws IOException {
        Map<String, Object> kafka = new HashMap<>();
        for (int i = 3; i < arguments.length; i++) {
            String[] setting = arguments[i].split("=", 2);
            kafka.put(setting[0], setting[1]);
        }
        try (RedisFlagStore store = RedisFlagStore.open(arguments[0], arguments[1]);
                AuditRelay relay = AuditRelay.builder(store)
                        .topic(AuditTopic.named(arguments[2]))
                        .kafka(kafka)
                        .longestRetry(Duration.ofSeconds(1))
                        .start()) {
            int end = System.in.read();
            if (end >= 0) {
                throw new IllegalStateException(relay + " is told nothing");
            }
        }
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " failed: " + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it at once. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        RUNNING.remove(process);
    }
}
