package dev.guidon.redis;

import static dev.guidon.redis.Instance.creating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.Revision;
import dev.guidon.fixtures.RedisServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A reader that is refused a command")
class RefusedReadTest extends RedisTest {

    private final List<ClientStatus> heard = new CopyOnWriteArrayList<>();
    private RedisServer server;
    private RedisFlagStore owner;

    @BeforeEach
    void open() {
        server = server("appendfsync no");
        owner = closing(RedisFlagStore.open(server.uri(), "production"));
        owner.commit(creating("a"));
    }

    private FeatureFlags follow(String rules) {
        Acl.set(server, "reader", rules);
        RedisFlagStore store = closing(RedisFlagStore.open(Acl.uri("reader", server), "production"));
        return closing(FeatureFlags.builder(store)
                .listener(new FlagsListener() {
                    @Override
                    public void statusChanged(ClientStatus status) {
                        heard.add(status);
                    }
                })
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"+hmget", "+hgetall", "+xread", "+xrange"})
    @DisplayName("has one status that names the ACL, which neither comes and goes nor fills the log")
    void oneStatus(String command) {
        try (LogLines lines = new LogLines();
                FeatureFlags flags = follow(Acl.without(command, Acl.READER))) {
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);

            assertThat(flags.status().state()).isIn(State.STALE, State.ERROR);
            assertThat(flags.status().problem()).contains("the user's ACL does not allow it");
            assertThat(heard).hasSize(1);
            assertThat(lines.texts())
                    .filteredOn(line -> line.contains("FeatureFlags"))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("and cannot wait for changes has them nevertheless, a little later, and does not take them for fresh")
    void readsWithoutWaiting() throws Exception {
        FeatureFlags flags = follow(Acl.without("+xread", Acl.READER));

        Revision next = owner.commit(creating("b")).revision();

        awaitRevision(flags, next);
        assertThat(flags.status().state()).isEqualTo(State.STALE);
    }

    @Test
    @DisplayName("while it is in use says so once, and that all is well once when the command is allowed again")
    void comesAndGoes() {
        FeatureFlags flags = follow(Acl.READER);
        awaitState(flags, State.READY);

        server.command("ACL", "SETUSER", "reader", "-xread");
        awaitState(flags, State.STALE);
        await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
        server.command("ACL", "SETUSER", "reader", "+xread");
        awaitState(flags, State.READY);

        assertThat(heard).extracting(ClientStatus::state).containsExactly(State.READY, State.STALE, State.READY);
    }
}
