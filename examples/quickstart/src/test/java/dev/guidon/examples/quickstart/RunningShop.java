package dev.guidon.examples.quickstart;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shop on a port of its own, asked over HTTP. */
final class RunningShop implements AutoCloseable {

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final ConfigurableApplicationContext context;

    private RunningShop(int port, ConfigurableApplicationContext context) {
        this.port = port;
        this.context = context;
    }

    static RunningShop start(int port, Servers servers, Map<String, Object> ports, String... properties) {
        return new RunningShop(port, Quickstart.start(port, ports, servers, properties));
    }

    String url() {
        return "http://localhost:" + port;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(path).build(), BodyHandlers.ofString());
        return json.readTree(answer.body());
    }

    /** What a visitor sees. */
    JsonNode page(String id, String region, String plan) throws IOException, InterruptedException {
        return get("/api/shop?id=" + id + "&region=" + region + "&plan=" + plan);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Makes a change in Ada's name. */
    HttpResponse<String> edit(String flag, String change) throws IOException, InterruptedException {
        return post("/api/flags/" + flag, "{" + change + ", \"actor\": \"ada\", \"reason\": \"a test\"}");
    }

    /** The lines of the events, as they come, from the greeting on. */
    BlockingQueue<String> events() throws IOException, InterruptedException {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Stream<String> body =
                http.send(request("/api/live").build(), BodyHandlers.ofLines()).body();
        Thread reader = new Thread(() -> {
            try (body) {
                body.forEach(lines::add);
            } catch (RuntimeException end) {
                lines.add("end");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path));
    }

    @Override
    public void close() {
        context.close();
    }
}
