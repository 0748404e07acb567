package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Limit;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the Java examples of all pages against test sources, which the build compiles and runs. */
class DocumentedExamplesTest {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\R(.*?)^```");
    private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)#:]+)(?:#[^)]*)?\\)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top).filter(page -> page.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every Java example stands in a test")
    void examplesAreTests(Path page) throws IOException {
        String tests = sources();

        for (String block : blocks(page, "java")) {
            assertThat(tests).as(page.getFileName() + ":\n" + block).contains(squeezed(block));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every link to a file leads somewhere")
    void linksLeadSomewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            assertThat(page.resolveSibling(link.group(1))).exists();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every YAML example is a document that strict reading and the compiler accept")
    void documentsAreValid(Path page) throws IOException {
        for (String yaml : blocks(page, "yaml")) {
            assertThat(Snapshot.of(FlagFormat.parseYaml(yaml)).problems())
                    .as(yaml)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("there are examples to check")
    void seesExamples() throws IOException {
        assertThat(blocks(ROOT.resolve("docs/guide.md"), "java")).hasSizeGreaterThan(10);
        assertThat(blocks(ROOT.resolve("docs/flag-format.md"), "yaml")).hasSizeGreaterThan(5);
        assertThat(blocks(ROOT.resolve("README.md"), "yaml")).isNotEmpty();
    }

    @Test
    @DisplayName("the format reference names every limit as it is")
    void namesLimits() throws IOException {
        String reference = Files.readString(ROOT.resolve("docs/flag-format.md"));

        for (Limit limit : Limit.values()) {
            assertThat(reference).contains("| " + String.format(Locale.ROOT, "%,d", limit.most()) + " |");
        }
    }

    static List<String> blocks(Path page, String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1).equals(language)) {
                blocks.add(block.group(2));
            }
        }
        return blocks;
    }

    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String module : List.of("core", "testkit", "redis-store", "audit-kafka", "spring-starter")) {
            Path tests = ROOT.resolve(module).resolve("src/test/java");
            try (Stream<Path> files = Files.walk(tests)) {
                for (Path file : files.filter(f -> f.toString().endsWith("ExamplesTest.java"))
                        .toList()) {
                    text.append(squeezed(Files.readString(file)
                            .replace("FileFlagStore.open(file)", "FileFlagStore.open(Path.of(\"flags.yaml\"))")
                            .replace("RedisFlagStore.open(uri,", "RedisFlagStore.open(\"redis://localhost\",")
                            .replace("Kafka.broker().bootstrapServers()", "\"localhost:9092\"")));
                }
            }
        }
        return text.toString();
    }

    /** Without white space, since the formatter breaks lines elsewhere than a page does. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
