package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.StartMode;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The examples of the page on Redis")
class RedisExamplesTest extends RedisTest {

    private String uri;

    @BeforeEach
    void start() {
        RedisServer server = server();
        uri = server.uri();
    }

    @Test
    @DisplayName("open a store, edit and evaluate")
    void opens() throws Exception {
        FlagStore store = RedisFlagStore.open(uri, "production");
        FeatureFlags flags = FeatureFlags.of(store);

        flags.await(FlagEditor.of(store, "ada@example.com").set("dark-mode", true), Duration.ofSeconds(10));
        boolean dark = flags.isEnabled("dark-mode");
        closing(store);
        closing(flags);

        assertThat(dark).isTrue();
    }

    @Test
    @DisplayName("start without Redis")
    void startsWithout(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("flags.json");
        RedisFlagStore store = RedisFlagStore.builder("production")
                .uri(uri)
                .timeout(Duration.ofSeconds(1))
                .build();
        FeatureFlags flags = FeatureFlags.builder(store)
                .lastKnownGood(file)
                .startMode(StartMode.waitUpTo(Duration.ofSeconds(3)))
                .build();
        closing(store);
        closing(flags);

        assertThat(flags.snapshot().isReady()).isTrue();
    }

    @Test
    @DisplayName("limit what the log keeps for consumers that do not read")
    void limitsTheLog() {
        RedisFlagStore guarded = RedisFlagStore.builder("production")
                .uri(uri)
                .logLimit(200_000, LogLimit.KEEP)
                .build();

        assertThat(closing(guarded).status().problem()).isNull();
    }

    @Test
    @DisplayName("load the members of a segment")
    void loadsMembers() throws Exception {
        RedisFlagStore store = closing(RedisFlagStore.open(uri, "production"));
        Iterator<String> customerIds = List.of("u-1", "u-2").iterator();

        ExternalSegments segments =
                ExternalSegments.of(store, "system:crm-import").because("nightly import");
        segments.replace("premium", customerIds, loaded -> System.out.println(loaded + " loaded"));
        segments.add("premium", List.of("u-17", "u-18"));
        segments.remove("premium", List.of("u-3"));

        assertThat(segments.size("premium")).isEqualTo(4);
    }
}
