package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.definition.About;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Version;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.fixtures.TcpProxy;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Loading from Redis")
class LoadTest extends RedisTest {

    private static final int FLAGS = 2_000;
    private static final int VERSION_BYTES = 100;

    private RedisServer server;
    private TcpProxy proxy;
    private RedisFlagStore writing;
    private RedisFlagStore reading;
    private Definitions loaded;
    private long fullBytes;

    private Version first = Version.NONE;

    @BeforeEach
    void loadAll() {
        server = server("appendfsync no");
        proxy = proxy(server);
        writing = closing(RedisFlagStore.open(server.uri(), namespace));
        first = commit(0, FLAGS, Version.NONE, "x");
        reading = closing(RedisFlagStore.open("redis://127.0.0.1:" + proxy.port(), namespace));
        loaded = reading.load();
        fullBytes = proxy.bytesToClient();
    }

    private Version commit(int from, int to, Version expectedVersion, String text) {
        List<Change> changes = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Flag flag =
                    Flag.bool("flag-" + i, true).withAbout(new About(text.repeat(1_000), null, null, List.of(), null));
            changes.add(new Change.Put(flag, expectedVersion));
        }
        return Version.of(writing.commit(ChangeSet.of("ann", null, changes)).revision());
    }

    private long bytesOfNextLoad() {
        long before = proxy.bytesToClient();
        assertThat(reading.load()).isEqualTo(writing.load());
        return proxy.bytesToClient() - before;
    }

    @Test
    @DisplayName("nothing changed: nothing but the revision is read, also on a new connection")
    void unchanged() {
        assertThat(loaded.flags()).hasSize(FLAGS);
        assertThat(fullBytes).isGreaterThan(FLAGS * 1_000L);
        assertThat(bytesOfNextLoad()).isLessThan(500);

        proxy.cut();

        assertThat(bytesOfNextLoad()).isLessThan(10_000);
    }

    @Test
    @DisplayName("a few commits: only what they changed is read")
    void fewCommits() {
        commit(0, 5, first, "y");

        assertThat(bytesOfNextLoad()).isLessThan(30_000);
    }

    @Test
    @DisplayName("another history with few changes: the list of versions and the bodies that changed")
    void otherHistory() {
        commit(0, 10, first, "y");
        server.command("DEL", "guidon:{" + namespace + "}:changes");

        long bytes = bytesOfNextLoad();

        assertThat(bytes).isLessThan(fullBytes / 20 + (long) FLAGS * VERSION_BYTES);
        assertThat(reading.caches().get("definitions").stats().hitCount()).isGreaterThanOrEqualTo(FLAGS - 10);
    }

    @Test
    @DisplayName("what is loaded stays one and the same object while it is used")
    void same() {
        assertThat(reading.load()).isSameAs(loaded);
    }
}
