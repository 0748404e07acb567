package dev.guidon.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.Limit;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the examples of all pages against what the build compiles and runs: Java against the test sources of all modules. What other
 * libraries look like stands in blocks of the language {@code java before}.
 */
class DocumentedExamplesTest {

    private static String tests;

    static List<Path> pages() throws IOException {
        return Documentation.pages();
    }

    @BeforeAll
    static void readsTests() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.find(
                Documentation.ROOT, 16, (file, about) -> file.toString().matches(".*/src/test/java/.*\\.java"))) {
            for (Path file : files.sorted().toList()) {
                text.append(squeezed(Files.readString(file)
                        .replace("FileFlagStore.open(file)", "FileFlagStore.open(Path.of(\"flags.yaml\"))")
                        .replace("RedisFlagStore.open(uri,", "RedisFlagStore.open(\"redis://localhost\",")
                        .replace("Kafka.broker().bootstrapServers()", "\"localhost:9092\"")));
            }
        }
        tests = text.toString();
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("every Java example stands in a test")
    void examplesAreTests(Path page) throws IOException {
        for (String block : Documentation.blocks(page, "java")) {
            // A test has its imports elsewhere, unless the example is a whole file.
            assertThat(tests.contains(squeezed(block))
                            || tests.contains(squeezed(block.replaceAll("(?m)^import .*;$", ""))))
                    .as(page.getFileName() + ": no test source has\n" + block)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName(
            "every YAML example is a document that strict reading and the compiler accept, unless it begins with another file's name")
    void documentsAreValid(Path page) throws IOException {
        for (String yaml : Documentation.blocks(page, "yaml")) {
            if (!yaml.startsWith("# ") || yaml.startsWith("# flags")) {
                assertThat(Snapshot.of(FlagFormat.parseYaml(yaml)).problems())
                        .as(page.getFileName() + ":\n" + yaml)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    @DisplayName("other libraries' Java stands only where it is compared with ours")
    void othersStandApart(Path page) throws IOException {
        if (!page.endsWith("migrating.md")) {
            assertThat(Documentation.blocks(page, "java before")).isEmpty();
        }
    }

    @Test
    @DisplayName("there are examples to check")
    void seesExamples() throws IOException {
        assertThat(Documentation.blocks(Documentation.page("docs/guide.md"), "java"))
                .hasSizeGreaterThan(10);
        assertThat(Documentation.blocks(Documentation.page("docs/flag-format.md"), "yaml"))
                .hasSizeGreaterThan(5);
        assertThat(Documentation.blocks(Documentation.page("README.md"), "yaml"))
                .isNotEmpty();
    }

    @Test
    @DisplayName("the format reference names every limit as it is")
    void namesLimits() throws IOException {
        String reference = Files.readString(Documentation.page("docs/flag-format.md"));

        for (Limit limit : Limit.values()) {
            assertThat(reference).contains("| " + String.format(Locale.ROOT, "%,d", limit.most()) + " |");
        }
    }

    /** Without white space, since the formatter breaks lines elsewhere than a page does. */
    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
