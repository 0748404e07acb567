package dev.guidon.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The quickstart")
@Timeout(60)
class QuickstartTest {

    private static final Pattern SHARES = Pattern.compile("(\\d+\\.\\d) % +(\\d+\\.\\d) %");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Path file;

    @BeforeEach
    void copyTheFile(@TempDir Path directory) throws IOException {
        file = Files.copy(Path.of("flags.yaml"), directory.resolve("flags.yaml"));
    }

    @Test
    @DisplayName("sets a flag, checks it, deletes it, and says off for what is unknown or broken")
    void basics() throws InterruptedException {
        run(commands());

        assertThat(output())
                .containsSubsequence(
                        "set beta-banner on",
                        "check beta-banner for ada on",
                        "check no-such-flag for ada off (there is no such flag",
                        "delete beta-banner",
                        "check beta-banner for ada off (there is no such flag",
                        "check holiday-banner for ada off (",
                        "enabled: found the string \"maybe\"");
    }

    @Test
    @DisplayName("shows shares of 10,000 users that are what the file asks for")
    void shares() throws InterruptedException {
        run(commands());

        Matcher shares = SHARES.matcher(output());
        int rows = 0;
        while (shares.find()) {
            assertThat(Double.parseDouble(shares.group(2))).isCloseTo(Double.parseDouble(shares.group(1)), within(1.5));
            rows++;
        }
        assertThat(rows).isEqualTo(7);
        assertThat(output()).contains("512 of 512 stayed in");
    }

    @Test
    @DisplayName("does what comes through a pipe, in order, and ends with it")
    void pipe() throws InterruptedException {
        run(commands(
                "off new-checkout",
                "off new-checkout",
                "on new-checkout",
                "off nowhere",
                "explain premium-support user-0",
                "explain premium-support somebody",
                "show",
                "what?"));

        assertThat(output())
                .containsSubsequence(
                        "> off new-checkout",
                        "on 100.0 % 0.0 %",
                        "> off new-checkout",
                        "new-checkout is off already",
                        "> on new-checkout",
                        "on 0.0 % 100.0 %",
                        "> off nowhere",
                        "flag/nowhere: found nothing",
                        "> explain premium-support user-0",
                        "premium-support -> on = true",
                        "> explain premium-support somebody",
                        "premium-support -> off = false",
                        "> show",
                        "checkout-layout",
                        "> what?",
                        "help, quit",
                        "Bye.");
        assertThat(output()).doesNotContain("cannot be read");
    }

    @Test
    @DisplayName("shows what changes when the file is edited, also when it is broken for a while")
    void edits() throws Exception {
        try (PipedOutputStream keyboard = new PipedOutputStream()) {
            InputStream in = new PipedInputStream(keyboard);
            CompletableFuture<Void> running = CompletableFuture.runAsync(() -> {
                try {
                    Quickstart.run(file, in, true, new PrintStream(printed, true, UTF_8));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            awaitOutput("> ");

            edit("enabled: maybe", "enabled: true");
            awaitOutput("holiday-banner (none) 100.0 % -");

            edit("weight: 50", "weight: 0");
            awaitOutput("one-page 49.8 % 100.0 %");

            edit("description: On for", "description: Still on for");
            awaitOutput("changed, but not for these users");

            edit("format: 1", "format: [");
            awaitOutput("The file cannot be read, so all flags stay as they are:");

            edit("format: [", "format: 1");
            awaitOutput("The file can be read again.");

            keyboard.write("quit\n".getBytes(UTF_8));
            keyboard.flush();
            running.get(10, TimeUnit.SECONDS);
            assertThat(output()).endsWith("Bye.\n");
        }
    }

    @Test
    @DisplayName("takes a long silence for an end")
    void silence() throws Exception {
        try (PipedOutputStream nobody = new PipedOutputStream()) {
            Lines lines = new Lines(new PipedInputStream(nobody), Duration.ofMillis(20));

            assertThat(lines.next()).isEmpty();
        }
    }

    private void run(InputStream in) throws InterruptedException {
        Quickstart.run(file, in, false, new PrintStream(printed, true, UTF_8));
    }

    /** Everything printed, in single spaces. */
    private String output() {
        return printed.toString(UTF_8).replaceAll(" +", " ");
    }

    private void awaitOutput(String expected) {
        await().atMost(Duration.ofSeconds(10)).until(this::output, output -> output.contains(expected));
    }

    /** As an editor does it: a new file in place of the old one. */
    private void edit(String before, String after) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(before);
        Path edited =
                Files.writeString(file.resolveSibling("flags.yaml~"), text.replaceFirst(Pattern.quote(before), after));
        Files.move(edited, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static InputStream commands(String... lines) {
        return new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8));
    }
}
