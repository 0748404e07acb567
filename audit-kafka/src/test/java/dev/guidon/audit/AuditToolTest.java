package dev.guidon.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.audit.FlagChangeEvent.Break;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Segment;
import dev.guidon.json.FlagFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The audit tool")
class AuditToolTest {

    private final Trail trail = new Trail();
    private final String topic = Kafka.name("tool");
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void makeTopic() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Kafka.broker().clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty())))
                    .all()
                    .get();
            // Kafka acknowledges a topic a little before its brokers know it.
            await().ignoreExceptionsInstanceOf(ExecutionException.class)
                    .until(() ->
                            admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().stream()
                                    .allMatch(partition -> partition.leader() != null));
        }
    }

    @Test
    @DisplayName("finds a sound trail whole, and does not see transactions that were aborted")
    void whole() {
        trail.commit(Flag.bool("f", false));
        trail.commit(Flag.bool("f", true), Segment.of("s"));
        send(trail.sent, true);
        send(trail.sent, false);

        int code = run("verify");

        assertThat(code).isZero();
        assertThat(out.toString(UTF_8)).isEqualTo(topic + ": 3 records, whole" + System.lineSeparator());
    }

    @Test
    @DisplayName("says what is wrong with a trail, and where")
    void notWhole() {
        trail.commit(Flag.bool("f", false));
        trail.commit(Flag.bool("f", true));
        trail.commit(Flag.bool("f", false));
        send(List.of(trail.sent.get(0), trail.sent.get(2)), true);

        int code = run("verify", "--namespace", "shop");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(UTF_8))
                .contains("GAP (shop, partition 0, offset ", "1 record is missing")
                .contains(topic + ": 2 records, not whole");
    }

    @Test
    @DisplayName("prints the flags of a revision, of an instant, and the newest ones")
    void flags() {
        trail.commit(Flag.bool("f", false));
        trail.commit(Flag.bool("g", true), Segment.of("s"));
        send(trail.sent, true);

        assertThat(run("flags", "--namespace", "shop", "--revision", "1")).isZero();
        assertThat(FlagFormat.readYaml(out.toString(UTF_8)).flags().keySet()).containsExactly("f");
        assertThat(out.toString(UTF_8)).startsWith("# shop at revision 1@");

        out.reset();
        assertThat(run("flags", "--namespace", "shop")).isZero();
        assertThat(FlagFormat.readYaml(out.toString(UTF_8)).flags().keySet()).containsExactly("f", "g");
        assertThat(FlagFormat.readYaml(out.toString(UTF_8)).segments().keySet()).containsExactly("s");

        out.reset();
        assertThat(run("flags", "--namespace", "shop", "--at", "2026-11-01T11:59:59Z"))
                .isZero();
        assertThat(FlagFormat.readYaml(out.toString(UTF_8)).flags()).isEmpty();
        assertThat(err.size()).isZero();
    }

    @Test
    @DisplayName("says if flags may be missing, and prints those that are known")
    void incomplete() {
        Revision base = new Revision("e", 7, "c7");
        trail.breaks(Break.Cause.GAP, base);
        trail.publish(Commits.following(base, "c8", Flag.bool("f", true)));
        send(trail.sent, true);

        assertThat(run("flags", "--namespace", "shop")).isEqualTo(1);

        assertThat(FlagFormat.readYaml(out.toString(UTF_8)).flags().keySet()).containsExactly("f");
        assertThat(err.toString(UTF_8)).startsWith("incomplete: ");
    }

    @Test
    @DisplayName("refuses a revision that the trail does not have, and says which it has")
    void unknownRevision() {
        trail.commit(Flag.bool("f", false));
        send(trail.sent, true);

        assertThat(run("flags", "--namespace", "shop", "--revision", "9")).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith("revision: found 9; allowed: 0 to 1");
    }

    @Test
    @DisplayName("tells the history of a flag, a line for each change and one for what changed")
    void history() {
        trail.commit(Flag.bool("f", false));
        trail.commit(Flag.bool("f", true));
        trail.commit(Flag.bool("g", true));
        trail.commit(DefinitionKey.flag("f"));
        send(trail.sent, true);

        assertThat(run("history", "flag/f", "--namespace", "shop")).isZero();

        assertThat(out.toString(UTF_8).replaceAll("@\\w+", "").lines())
                .containsExactly(
                        "2026-11-01T12:00:00Z  1  created  by anna: a reason",
                        "2026-11-01T12:00:00Z  2  enabled  by anna: a reason",
                        "    {\"enabled\":true}",
                        "2026-11-01T12:00:00Z  4  deleted  by anna: a reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"flags", "verify"})
    @DisplayName("says if the topic has nothing of a namespace")
    void unknownNamespace(String command) {
        assertThat(run(command, "--namespace", "shop")).isEqualTo(1);

        assertThat(err.toString(UTF_8)).startsWith("namespace shop: found no record in topic " + topic);
    }

    @Test
    @DisplayName("says at once that there is no such topic, and does not make one")
    void unknownTopic() {
        long start = System.nanoTime();

        int code = tool("verify", "--bootstrap-server", Kafka.broker().bootstrapServers(), "--topic", "no-such");

        assertThat(code).isEqualTo(3);
        assertThat(err.toString(UTF_8))
                .startsWith("topic no-such: found none; allowed: the name of a topic that exists");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    @DisplayName("says that no broker answers, with settings from a file, and shows no secret of it")
    void unreachable(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("client.properties");
        Files.writeString(file, """
                bootstrap.servers=127.0.0.1:9
                default.api.timeout.ms=500
                request.timeout.ms=400
                ssl.key.password=s3cr3t-x
                """);

        assertThat(tool("verify", "--config", file.toString())).isEqualTo(3);

        assertThat(err.toString(UTF_8)).isNotBlank().doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check | command: found check; allowed: verify, flags, history or --help",
                "verify --revision 3 | verify: found --revision; allowed: --bootstrap-server, --topic",
                "verify --bootstrap-server=QXZ:JZK@host:1 | verify: found --bootstrap-server; allowed: --bootstrap-server",
                "redis://QXZ:JZK@host | command: found something else; allowed: verify",
                "verify --bootstrap-server QXZ:JZK@host:1 | bootstrap.servers: found a text that is none; allowed: host:port",
                "verify extra | verify: found an argument that is no option; allowed: --bootstrap-server",
                "verify --topic | --topic: found nothing; allowed: a value",
                "verify --topic a --topic b | --topic: found two values; allowed: one",
                "verify | bootstrap.servers: found nothing",
                "verify --config /no/such/file | --config: found /no/such/file (",
                "flags --bootstrap-server a:1 | --namespace: found nothing",
                "flags --namespace a --revision x --bootstrap-server a:1 | --revision: found x; allowed: the number",
                "flags --namespace a --at noon --bootstrap-server a:1 | --at: found noon; allowed: an instant",
                "flags --namespace a --at x --revision 1 | flags: found --revision and --at; allowed: one of them",
                "history --namespace a | history: found nothing; allowed: flag/KEY or segment/KEY",
                "history checkout --namespace a | history: found checkout; allowed: flag/KEY or segment/KEY",
                "history flag/a flag/b --namespace a | history: found an argument that is no option; allowed: "
            })
    @DisplayName("that is called wrongly says what was found and what is allowed")
    void wrongUsage(String line, String message) {
        assertThat(tool(line.split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).startsWith(message).contains("--help");
        assertThat(out.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify hunter-22",
                "verify -phunter-22",
                "verify --password=hunter-22",
                "verify --sasl.jaas.config=hunter-22",
                "verify -- hunter-22",
                "verify --hunter-22",
                "verify --bootstrap-server user:hunter-22@kafka:9092",
                "verify --bootstrap-server kafka://user:hunter-22@kafka:9092"
            })
    @DisplayName("shows nothing of a password in the wrong place")
    void misplacedPassword(String line) {
        assertThat(tool(line.split(" "))).isEqualTo(2);

        assertThat(err.toString(UTF_8)).contains("found ", "allowed: ").doesNotContain("hunter", "22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sasl.jaas.config=x.Plain required username=\"bob-4711\" password=\"hun\"ter-22\";",
                "request.timeout.ms=hunter-22",
                "security.protocol=hunter-22",
                "bootstrap.servers=bob-4711:hunter-22@kafka:9092",
                "bootstrap.servers=kafka:9092,hunter-22",
                "acks=hunter-22",
                "ssl.key.password=\\\\u12hunter-22"
            })
    @DisplayName(
            "shows nothing of a password in a file of settings, where it is not as it should be or in another one's place")
    void passwordsInFiles(String line, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("client.properties");
        Files.writeString(file, "ssl.truststore.password=trusted-22\n" + line.replace("\\\\", "\\") + "\n");

        int code = line.startsWith("bootstrap")
                ? tool("verify", "--config", file.toString())
                : tool("verify", "--config", file.toString(), "--bootstrap-server", "127.0.0.1:9");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains(line.startsWith("ssl") ? "client.properties" : line.substring(0, line.indexOf('=')))
                .doesNotContain("hun", "ter-22", "bob", "trusted");
    }

    @Test
    @DisplayName("keeps on one line whatever comes from outside")
    void oneLine() {
        assertThat(tool("verify\nFORGED")).isEqualTo(2);
        assertThat(tool("history", "flag\nFORGED", "--namespace", "a")).isEqualTo(2);
        assertThat(tool("verify", "--config", "/no\nFORGED")).isEqualTo(2);
        assertThat(run("flags", "--namespace", "shop\nFORGED")).isEqualTo(1);

        assertThat(err.toString(UTF_8).lines()).noneMatch(line -> line.startsWith("FORGED"));
    }

    @Test
    @DisplayName("explains itself")
    void help() {
        assertThat(tool()).isEqualTo(2);
        assertThat(tool("--help")).isZero();

        assertThat(out.toString(UTF_8)).contains("verify", "flags", "history", "--config");
    }

    private int run(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(
                List.of("--topic", topic, "--bootstrap-server", Kafka.broker().bootstrapServers()));
        return tool(all.toArray(String[]::new));
    }

    private int tool(String... args) {
        return AuditTool.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records, boolean commit) {
        Map<String, Object> settings = Kafka.with(Kafka.broker().clientProperties(), "transactional.id", topic);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(new ClientSettings(settings, topic).producer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(
                        new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }
}
