package dev.guidon.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.fixtures.RedisServer;
import dev.guidon.store.FlagStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Virtual threads")
class VirtualThreadsTest extends RedisTest {

    private static final int WAITING = 50;

    @Test
    @DisplayName("that wait for a frozen Redis, many more than there are processors, keep no other from evaluating")
    void carriersStayFree() throws Exception {
        RedisServer server = server();
        RedisFlagStore store = store(server);
        editor(store).set("a", true);
        FeatureFlags flags = flags(store);
        ExecutorService threads = threadPerTask();

        try {
            server.pause();
            List<Future<Definitions>> waiting = new ArrayList<>();
            for (int i = 0; i < WAITING; i++) {
                waiting.add(threads.submit(() -> loaded(store)));
            }
            Future<Boolean> answer = threads.submit(() -> flags.isEnabled("a"));

            assertThat(answer.get(Faults.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            server.resume();
            for (Future<Definitions> each : waiting) {
                assertThat(each.get(Faults.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                                .flags())
                        .containsKey("a");
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Tries again after each time limit, until Redis answers. */
    private static Definitions loaded(RedisFlagStore store) {
        while (true) {
            try {
                return store.load();
            } catch (FlagStoreException stillFrozen) {
                assertThat(stillFrozen).hasMessageNotContaining("closed");
            }
        }
    }

    /** Threads that are virtual where the platform has such, from Java 21 on; else ordinary ones. */
    @SuppressWarnings("SystemOut") // the build is to show what was tested
    private static ExecutorService threadPerTask() throws ReflectiveOperationException {
        if (Runtime.version().feature() < 21) {
            System.out.println("virtual threads: none before Java 21; ordinary threads wait instead");
            return Executors.newCachedThreadPool();
        }
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
