package dev.guidon.examples.quickstart;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page in a headless Chromium, driven by the DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--remote-debugging-port=0");

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger commands = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Process process;
    private final WebSocket socket;

    private Browser(Path program, Path profile) throws Exception {
        List<String> command = Stream.of(
                        List.of(program.toString()), OPTIONS, List.of("--user-data-dir=" + profile, "about:blank"))
                .flatMap(List::stream)
                .toList();
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("browser.log").toFile())
                .start();
        try {
            socket = connect(profile.resolve("DevToolsActivePort"));
        } catch (Exception e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** The program, if there is one on the path. */
    static Optional<Path> find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Browser start(Path program, Path newFolder) throws Exception {
        return new Browser(program, Files.createDirectory(newFolder));
    }

    private WebSocket connect(Path portFile) throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> Files.readAllLines(portFile).size() == 2);
        String address = "http://127.0.0.1:" + Files.readAllLines(portFile).get(0) + "/json/new?about:blank";
        HttpRequest newPage = HttpRequest.newBuilder(URI.create(address))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode page =
                json.readTree(http.send(newPage, BodyHandlers.ofString()).body());
        return http.newWebSocketBuilder()
                .buildAsync(URI.create(page.get("webSocketDebuggerUrl").stringValue()), new Answers())
                .get(10, TimeUnit.SECONDS);
    }

    void open(String url) {
        command("Page.navigate", Map.of("url", url));
    }

    /** How large the page is, and whether it is dark. */
    void look(int width, int height, boolean dark) {
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
        command("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
    }

    /** What an expression of JavaScript gives, waiting for promises. */
    JsonNode evaluate(String expression) {
        JsonNode result = command(
                "Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.get("result").path("value");
    }

    /** Waits until an expression is true. One that fails is not yet true. */
    void awaitTrue(String expression) {
        String test = "(() => { try { return Boolean(" + expression + ") } catch { return false } })()";
        await(expression)
                .atMost(Duration.ofSeconds(15))
                .until(() -> evaluate(test).asBoolean());
    }

    /** The page as a PNG. */
    byte[] screenshot() {
        return Base64.getDecoder()
                .decode(command("Page.captureScreenshot", Map.of("format", "png"))
                        .get("data")
                        .stringValue());
    }

    private JsonNode command(String method, Map<String, Object> parameters) {
        int id = commands.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        socket.sendText(json.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                .join();
        JsonNode message = answer.orTimeout(30, TimeUnit.SECONDS).join();
        if (message.has("error")) {
            throw new AssertionError(method + ": " + message.get("error"));
        }
        return message.get("result");
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        process.onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .exceptionally(late -> process.destroyForcibly())
                .join();
    }

    private final class Answers implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                JsonNode message = json.readTree(text.toString());
                text.setLength(0);
                CompletableFuture<JsonNode> answer =
                        message.has("id") ? answers.remove(message.get("id").intValue()) : null;
                if (answer != null) {
                    answer.complete(message);
                }
            }
            from.request(1);
            return null;
        }
    }
}
