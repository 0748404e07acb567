package dev.guidon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process that is too small for its flags")
@Timeout(120)
class SmallProcessTest {

    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    @DisplayName("keeps answering when memory runs out, says so, and takes the next flags that fit")
    void outOfMemory() throws Exception {
        String large = document(IntStream.range(0, 80)
                .mapToObj(i -> "\"large-%d\": {\"description\": \"%s\"}".formatted(i, "x".repeat(240_000)))
                .collect(Collectors.joining(",")));

        survive(large, "OutOfMemoryError", "-Xmx24m");
    }

    @Test
    @DisplayName("keeps answering when a definition is too deep for its stack, and takes the next one")
    void deep() throws Exception {
        String deep = document("\"on\": {\"enabled\": true}, \"deep\": {\"variants\": {\"a\": %s%s}}"
                .formatted("[".repeat(495), "]".repeat(495)));

        survive(deep, "[flag/deep]", "-Xss256k", "-XX:CompilerThreadStackSize=1024");
    }

    /** Lets a process follow a small document, then one that is too much for it, then a small one again. */
    private void survive(String tooMuch, String named, String... options) throws Exception {
        Path file = directory.resolve("flags.json");
        Path log = directory.resolve("log");
        replace(file, document("\"on\": {\"enabled\": true}"));
        try (AskedProcess process = AskedProcess.start(file, log, List.of(options))) {
            assertThat(process.ask("on")).isEqualTo("true");
            for (int i = 0; i < ROUNDS; i++) {
                String key = "round-" + i;

                replace(file, tooMuch);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(process.status() + Files.readString(log))
                                .contains(named));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(process.ask("on")).isEqualTo("true"));

                replace(file, document("\"" + key + "\": {\"enabled\": true}, \"on\": {\"enabled\": true}"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(process.ask(key)).isEqualTo("true"));
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(process.status()).isEqualTo("READY null []"));
            }
        }
    }

    private static String document(String flags) {
        return "{\"flags\": {" + flags + "}}";
    }

    private void replace(Path file, String text) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
