package dev.guidon.redis.figures;

import dev.guidon.definition.About;
import dev.guidon.definition.Condition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import io.lettuce.core.resource.ClientResources;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A server and what is opened on it. */
final class Bench implements AutoCloseable {

    private static final int AT_ONCE = 1_000;
    private static final int BODY = 1_024;

    final RedisServer server;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    Bench(String... config) {
        server = closing(RedisServer.start(Stream.concat(Stream.of("appendfsync no", "save \"\""), Stream.of(config))
                .toArray(String[]::new)));
    }

    <T extends AutoCloseable> T closing(T toClose) {
        opened.push(toClose);
        return toClose;
    }

    RedisFlagStore store(String namespace) {
        return closing(RedisFlagStore.open(server.uri(), namespace));
    }

    RedisFlagStore store(String namespace, ClientResources shared) {
        return closing(RedisFlagStore.builder(namespace)
                .uri(server.uri())
                .resources(shared)
                .build());
    }

    /** Threads for many stores; they end after the stores. */
    ClientResources resources() {
        ClientResources shared = ClientResources.create();
        closing(() -> shared.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly());
        return shared;
    }

    /** A field of INFO. */
    double info(String section, String field) {
        return server.text("INFO", section)
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .mapToDouble(line -> Double.parseDouble(line.substring(field.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** Commits flags and gives the version of each. */
    static Version[] fill(RedisFlagStore store, List<Flag> flags) {
        Version[] versions = new Version[flags.size()];
        for (int from = 0; from < versions.length; from += AT_ONCE) {
            int to = Math.min(from + AT_ONCE, versions.length);
            List<Change> changes = new ArrayList<>();
            flags.subList(from, to).forEach(flag -> changes.add(new Change.Put(flag, Version.NONE)));
            Version version =
                    Version.of(store.commit(ChangeSet.of("ann", null, changes)).revision());
            Arrays.fill(versions, from, to, version);
        }
        return versions;
    }

    static String key(int number) {
        return "flag-" + number;
    }

    /** A small flag of two variants. */
    static Flag small(int number, boolean enabled) {
        return Flag.bool(key(number), enabled);
    }

    static List<Flag> small(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> small(i, true)).toList();
    }

    /** A flag with a body of 1 KB: a description, rules with lists, a rollout. */
    static Flag large(int number, String word) {
        String rules = Stream.of("\"DE\",\"FR\",\"IT\",\"ES\",\"NL\"", "\"US\",\"CA\",\"MX\"", "\"JP\",\"KR\",\"TW\"")
                .map(
                        list -> "{\"when\":{\"all\":[{\"attribute\":\"country\",\"in\":[" + list + "]},"
                                + "{\"attribute\":\"plan\",\"equals\":\"pro-" + number
                                + "\"}]},\"rollout\":{\"percent\":20},"
                                + "\"serve\":{\"split\":[{\"variant\":\"off\",\"weight\":50},{\"variant\":\"on\",\"weight\":50}]}}")
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        Flag flag = (Flag) FlagFormat.read(
                DefinitionKey.flag(key(number)),
                "{\"enabled\":true,\"owner\":\"team-checkout\",\"rules\":[" + rules + "],\"fallthrough\":\"off\"}");
        int left = BODY - FlagFormat.write(flag).length() - "\"description\":\"\",".length();
        String text = (word + " ").repeat(left).substring(0, Math.max(1, left));
        return flag.withAbout(new About(text, null, "team-checkout", List.of(), null));
    }

    static List<Flag> large(int from, int to, String word) {
        return IntStream.range(from, to).mapToObj(i -> large(i, word)).toList();
    }

    /** Flags with a body of 1 KB, nearly all of it description. */
    static List<Flag> described(int count) {
        About about = new About("x ".repeat(470), null, "team-checkout", List.of(), null);
        return IntStream.range(0, count)
                .mapToObj(i -> Flag.bool(key(i), true).withAbout(about))
                .toList();
    }

    /** A flag that asks for members of the segment {@code premium}. */
    static Flag lounge() {
        Rule premium =
                new Rule("premium", null, new Condition.InSegment("premium"), null, Serve.variant(Flag.ON), Extra.NONE);
        return Flag.bool("lounge", true).withRules(premium).withFallthrough(Serve.variant(Flag.OFF));
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
