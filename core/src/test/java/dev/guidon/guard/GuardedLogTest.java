package dev.guidon.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A guarded log")
class GuardedLogTest {

    private final GuardedLog log = GuardedLog.of(GuardedLogTest.class);

    @Test
    @DisplayName("writes lines with their arguments and the throwable at the end")
    void writes() {
        List<String> lines = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("broken");
        try (FailingLog failing = new FailingLog(
                GuardedLogTest.class,
                event -> lines.add(event.getLevel() + " " + event.getFormattedMessage() + " "
                        + (event.getThrowableProxy() != null)))) {
            log.info("plain {}");
            log.warn("{} of {}", 1, "two");
            log.error("{} failed", "it", failure);
            log.error("failed", failure);

            assertThat(failing.lines()).isEqualTo(4);
        }

        assertThat(lines)
                .containsExactly(
                        "INFO plain {} false", "WARN 1 of two false", "ERROR it failed true", "ERROR failed true");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NULL")
    @DisplayName("lets nothing out that the logging back end throws")
    void lets(Fault fault) {
        try (FailingLog failing = new FailingLog(GuardedLogTest.class, fault::happen)) {
            log.info("one");
            log.warn("two {}", 2);
            log.error("three", new IllegalStateException("broken"));

            assertThat(failing.lines()).isEqualTo(3);
        }

        assertThat(Thread.interrupted()).isEqualTo(fault == Fault.INTERRUPT);
    }
}
