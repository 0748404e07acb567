package dev.guidon.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Definitions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code -Dguidon.hostile=1048576} makes documents of a megabyte. */
@DisplayName("Malicious documents cost seconds at most, and neither stack nor heap")
@Timeout(300)
class HostileTest {

    private static final int SIZE = Integer.getInteger("guidon.hostile", 1 << 17);
    /** Of the processor: a busy machine is no failure. What is quadratic takes minutes. */
    private static final Duration SOON = Duration.ofSeconds(15);
    /** A thread of a typical pool has a megabyte of stack; this is half of it. */
    private static final int SMALL_STACK = 512 * 1024;

    static Stream<Named<String>> documents() {
        Map<String, String> documents = new TreeMap<>();
        documents.put("deep lists", "[".repeat(SIZE));
        documents.put("deep lists in a flag", flag("[".repeat(SIZE)));
        documents.put("deep conditions", flag(rule("{'not':".repeat(450) + "5" + "}".repeat(450))));
        documents.put("many deep values", flag("{'x':[" + fill(n -> "[".repeat(490) + "]".repeat(490), "5") + "]}"));
        documents.put(
                "many deep values in small flags",
                "{'flags':{" + fill(n -> "'f" + n + "':{'x':" + "[".repeat(480) + "]".repeat(480) + "}", "'z':{}")
                        + "}}");
        documents.put(
                "problems at every level",
                flag("{'rules':" + "[".repeat(490) + fill(n -> "5", "5") + "]".repeat(490) + "}"));
        documents.put("many broken flags", "{'flags':{" + fill(n -> "'" + n + "':0", "'z':{}") + "}}");
        documents.put("many broken rules", flag("{'rules':[" + fill(n -> "0", "0") + "]}"));
        documents.put("many unknown fields", flag("{" + fill(n -> "'enabeld" + n + "':0", "'z':{}") + "}"));
        documents.put(
                "unknown fields in many flags",
                "{'flags':{" + fill(n -> "'" + n + "':{'enabeld':true}", "'z':{}") + "}}");
        documents.put("many unknown fields of the document", "{" + fill(n -> "'flag" + n + "':0", "'z':{}") + "}");
        documents.put("names with one hash", flag("{" + collisions() + "}"));
        documents.put("a long string", flag("{'description':'" + "x".repeat(SIZE) + "'}"));
        documents.put("a long string of escapes", flag("{'description':'" + "\\u0000".repeat(SIZE / 6) + "'}"));
        documents.put("a long name", flag("{'" + "x".repeat(SIZE) + "':1}"));
        documents.put("a long key", "{'flags':{'" + "x".repeat(SIZE) + "':{}}}");
        documents.put("a long number", flag("{'x':" + "9".repeat(SIZE) + "}"));
        documents.put("many long numbers", flag("{'x':[" + fill(n -> "9".repeat(5_000), "0") + "]}"));
        documents.put("a long exponent", flag("{'x':1e" + "9".repeat(SIZE) + "}"));
        documents.put("a long fraction", flag("{'x':0." + "0".repeat(SIZE) + "1}"));
        documents.put("many large exponents", flag("{'x':[" + fill(n -> "1e999999999", "0") + "]}"));
        documents.put("white space", " ".repeat(SIZE) + "{}");
        documents.put("an open string", "{'" + "x".repeat(SIZE));
        documents.put("commas", "[" + ",".repeat(SIZE));
        documents.put(
                "many values",
                flag("{'rules':[{'serve':'on','when':{'attribute':'a','in':[" + fill(n -> "null", "0") + "]}}]}"));
        documents.put("quoted texts of definitions", "{'flags':{" + fill(n -> "'" + n + "':'{'", "'z':{}") + "}}");
        return documents.entrySet().stream()
                .map(entry -> Named.of(entry.getKey(), entry.getValue().replace('\'', '"')));
    }

    static Stream<Named<String>> yaml() {
        Map<String, String> documents = new TreeMap<>();
        documents.put("deep dashes", "- ".repeat(SIZE / 2));
        documents.put("deep question marks", "? ".repeat(SIZE / 2));
        documents.put(
                "deep blocks",
                IntStream.range(0, 1_400).mapToObj(n -> " ".repeat(n) + "a:\n").collect(Collectors.joining()));
        documents.put("many keys on a line", "a: ".repeat(SIZE / 3));
        documents.put("colons", ":".repeat(SIZE));
        documents.put("anchors", fill(n -> "&a" + n, " x"));
        documents.put(
                "billion laughs", "a: &a [x,x,x,x,x,x,x,x]\n" + "b: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n".repeat(30_000));
        documents.put("a long plain scalar", "x: " + "y ".repeat(SIZE / 2));
        documents.put("a long plain scalar of many lines", "x: " + "y\n ".repeat(SIZE / 3));
        documents.put("a long plain number", "x: " + "9".repeat(SIZE));
        documents.put("almost a number", "x: " + "9".repeat(SIZE) + "x");
        documents.put("a long quoted scalar of many lines", "x: \"" + "y\n ".repeat(SIZE / 3) + "\"");
        documents.put("a long block scalar", "x: |\n" + " y\n".repeat(SIZE / 3));
        documents.put("empty lines", "x: |\n" + "\n".repeat(SIZE) + " y");
        documents.put("many comments", "#\n".repeat(SIZE / 2) + "{}");
        documents.put("a long comment", "#" + "x".repeat(SIZE) + "\n{}");
        documents.put("directives", "%A b\n".repeat(SIZE / 5) + "--- {}");
        documents.put("documents", "--- {}\n".repeat(SIZE / 7));
        documents.put("tags", "x: " + "!".repeat(SIZE));
        documents.put("quotes", "'".repeat(SIZE));
        documents.put("emoji", "x: " + "\uD83D\uDE80".repeat(SIZE / 4));
        documents.put("tabs", "x:" + "\t".repeat(SIZE) + "y");
        documents.put("quoted merge keys", "x:\n" + "- \"<<\": 1\n".repeat(SIZE / 10));
        documents.put("flow entries without end", "x: [" + "{a, ".repeat(SIZE / 4));
        documents.put("empty flow keys", "x: {" + "? , ".repeat(SIZE / 4) + "}");
        return documents.entrySet().stream().map(entry -> Named.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("documents")
    @DisplayName("in JSON")
    void json(String document) throws InterruptedException {
        onSmallStack(() -> check(document, false));
    }

    @ParameterizedTest
    @MethodSource({"documents", "yaml"})
    @DisplayName("in YAML")
    void yaml(String document) throws InterruptedException {
        onSmallStack(() -> check(document, true));
    }

    private static void check(String document, boolean yaml) {
        try {
            Definitions read = yaml ? FlagFormat.readYaml(document) : FlagFormat.readJson(document);
            String written = yaml ? FlagFormat.writeYaml(read) : FlagFormat.writeJson(read);
            assertThat(written.length()).isLessThan(64 * SIZE + 1024);
            assertThat((yaml ? FlagFormat.readYaml(written) : FlagFormat.readJson(written)).equals(read))
                    .isTrue();
        } catch (FlagFormatException e) {
            assertThat(e.getMessage().length()).isBetween(1, 1 << 16);
        }
        try {
            Definitions read = yaml ? FlagFormat.parseYaml(document) : FlagFormat.parseJson(document);
            assertThat(read).isNotNull();
        } catch (FlagFormatException e) {
            assertThat(e.getMessage().length()).isBetween(1, 1 << 16);
        }
    }

    private static void onSmallStack(Runnable work) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicLong nanos = new AtomicLong();
        Runnable measured = () -> {
            work.run();
            nanos.set(threads.getCurrentThreadCpuTime());
        };
        Thread thread = new Thread(null, measured, "small stack", SMALL_STACK);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((dying, e) -> failure.set(e));

        thread.start();
        thread.join();

        assertThat(failure.get()).isNull();
        assertThat(Duration.ofNanos(nanos.get())).isLessThan(SOON);
    }

    private static String flag(String json) {
        return "{'flags':{'good':{},'f':" + json + "}}";
    }

    private static String rule(String condition) {
        return "{'rules':[{'serve':'on','when':" + condition + "}]}";
    }

    /** As many pieces as make the size, with commas between them. */
    private static String fill(IntFunction<String> piece, String last) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; text.length() < SIZE; n++) {
            text.append(piece.apply(n)).append(',');
        }
        return text.append(last).toString();
    }

    /** Names of which all have the same hash code. */
    private static String collisions() {
        return IntStream.range(0, 1 << 14)
                .mapToObj(n -> IntStream.range(0, 14)
                        .mapToObj(bit -> (n >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining()))
                .map(name -> "'" + name + "':1")
                .collect(Collectors.joining(","));
    }
}
