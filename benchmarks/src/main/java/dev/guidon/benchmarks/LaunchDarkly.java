package dev.guidon.benchmarks;

import com.launchdarkly.sdk.ContextBuilder;
import com.launchdarkly.sdk.LDContext;
import com.launchdarkly.sdk.server.Components;
import com.launchdarkly.sdk.server.LDClient;
import com.launchdarkly.sdk.server.LDConfig;
import com.launchdarkly.sdk.server.integrations.FileData;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The server SDK with flags from a file, since its TestData has no percentages; events off, or sent to a server that takes them all. */
final class LaunchDarkly extends Contender<LDContext> {

    private final @Nullable HttpServer events;
    private final LDClient client;

    LaunchDarkly(boolean withEvents) {
        LDConfig.Builder config = new LDConfig.Builder()
                .dataSource(FileData.dataSource()
                        .filePaths(TemporaryFile.of(".json", json()))
                        .autoUpdate(false))
                .diagnosticOptOut(true)
                .startWait(Duration.ofSeconds(10));
        if (withEvents) {
            events = server();
            URI address = URI.create("http://127.0.0.1:" + events.getAddress().getPort());
            config.serviceEndpoints(Components.serviceEndpoints().events(address));
        } else {
            events = null;
            config.events(Components.noEvents());
        }
        client = new LDClient("sdk-key", config.build());
    }

    private static HttpServer server() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(202, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String json() {
        String listed = User.listed().stream().map(id -> '"' + id + '"').collect(Collectors.joining(","));
        return """
            {"flags": {
              "plain": {"key": "plain", "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 0}, "salt": "s1"},
              "rules": {"key": "rules", "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1}, "salt": "s2",
                "rules": [
                  {"id": "r1", "variation": 0, "clauses": [{"attribute": "country", "op": "in", "values": ["FR", "US"]}]},
                  {"id": "r2", "variation": 0, "clauses": [{"attribute": "plan", "op": "in", "values": ["enterprise"]}]},
                  {"id": "r3", "variation": 0, "clauses": [{"attribute": "email", "op": "endsWith", "values": ["@example.com"]}]}]},
              "50-50": {"key": "50-50", "on": true, "variations": [true, false], "offVariation": 1, "salt": "s3",
                "fallthrough": {"rollout": {"variations": [{"variation": 0, "weight": 50000}, {"variation": 1, "weight": 50000}]}}},
              "4-way": {"key": "4-way", "on": true, "variations": ["a", "b", "c", "d"], "offVariation": 0, "salt": "s4",
                "fallthrough": {"rollout": {"variations": [{"variation": 0, "weight": 25000}, {"variation": 1, "weight": 25000},
                  {"variation": 2, "weight": 25000}, {"variation": 3, "weight": 25000}]}}},
              "list": {"key": "list", "on": true, "variations": [true, false], "offVariation": 1, "fallthrough": {"variation": 1}, "salt": "s5",
                "targets": [{"variation": 0, "values": [%s]}]}
            }}
            """.formatted(listed);
    }

    @Override
    LDContext context(User user) {
        ContextBuilder builder = LDContext.builder(user.id());
        return builder.set("country", user.country())
                .set("plan", user.plan())
                .set("email", user.email())
                .build();
    }

    @Override
    boolean plain(LDContext context) {
        return client.boolVariation("plain", context, false);
    }

    @Override
    boolean rules(LDContext context) {
        return client.boolVariation("rules", context, false);
    }

    @Override
    boolean half(LDContext context) {
        return client.boolVariation("50-50", context, false);
    }

    @Override
    String variants(LDContext context) {
        return client.stringVariation("4-way", context, "");
    }

    @Override
    boolean unknown(LDContext context) {
        return client.boolVariation("unknown", context, false);
    }

    @Override
    boolean list(LDContext context) {
        return client.boolVariation("list", context, false);
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (events != null) {
                events.stop(0);
            }
        }
    }
}
