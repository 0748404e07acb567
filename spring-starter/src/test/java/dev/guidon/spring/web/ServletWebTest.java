package dev.guidon.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.guidon.spring.FlagScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.HttpMethod;

@DisplayName("Spring MVC on Tomcat")
@SpringBootTest(
        classes = ServletApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.main.web-application-type=servlet",
            "guidon.context.principal.enabled=true",
            "spring.task.execution.pool.core-size=4",
            "spring.reactor.context-propagation=auto",
            "server.tomcat.threads.max=8"
        })
class ServletWebTest extends WebContract {

    @Autowired
    private AsyncTaskExecutor executor;

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        List<Future<FlagScope>> left = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            left.add(executor.submit(FlagScope::current));
        }

        assertThat(ServletApplication.LEFT_BEHIND).isEmpty();
        for (Future<FlagScope> scope : left) {
            assertThat(scope.get()).isNull();
        }
    }

    @Test
    @DisplayName("a gate cannot be got around by a forward")
    void forward() {
        as("ada", HttpMethod.GET, "/forward").expectBody(String.class).isEqualTo("in");
        as("bob", HttpMethod.GET, "/forward").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @CsvSource({
        "/fail,ERROR",
        "/fail/between,ERROR",
        "/fail/after,ERROR",
        "/fail/handler,REQUEST",
        "/fail/callable,ASYNC",
        "/fail/deferred,ASYNC",
        "/fail/timeout,ASYNC"
    })
    @DisplayName("an error page, or what handles an exception, knows for whom the request was, wherever it failed")
    void errors(String path, String dispatch) {
        as("ada", HttpMethod.GET, path)
                .expectStatus()
                .isEqualTo(503)
                .expectBody(String.class)
                .isEqualTo(dispatch + " for ada");
    }

    @Test
    @DisplayName("a Callable of a handler is called for the request, on another thread")
    void callable() {
        as("ada", HttpMethod.GET, "/who/callable")
                .expectBody(String.class)
                .value(answer -> assertThat(answer).startsWith("task-").endsWith(" ada"));
    }

    @Test
    @DisplayName("a virtual thread is given the request by a context snapshot")
    void virtualThread() {
        assumeTrue(Runtime.version().feature() >= 21, "skipped: virtual threads need JDK 21 or later");

        as("ada", HttpMethod.GET, "/who/virtual").expectBody(String.class).isEqualTo("ada");
    }
}
