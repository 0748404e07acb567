package dev.guidon.spring.shop;

import dev.guidon.fixtures.RedisServer;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;

/** To Boot a container with Redis, but in truth whatever the fixtures start, since not every machine can run containers. */
final class RedisProcess extends GenericContainer<RedisProcess> {

    private RedisServer server;

    RedisProcess() {
        super("redis:7");
        withExposedPorts(6379);
    }

    RedisServer server() {
        return Objects.requireNonNull(server, "not started");
    }

    @Override
    public void start() {
        server = server == null ? RedisServer.start() : server;
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public String getHost() {
        return server().host();
    }

    @Override
    public Integer getMappedPort(int inside) {
        return server().port();
    }
}
