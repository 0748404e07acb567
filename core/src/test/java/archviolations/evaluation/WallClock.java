package archviolations.evaluation;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

final class WallClock {
    private WallClock() {}

    static long millis() {
        return System.currentTimeMillis();
    }

    static long nanos() {
        return System.nanoTime();
    }

    static Instant instant() {
        return Instant.now();
    }

    static Supplier<Instant> reference() {
        return Instant::now;
    }

    static LongSupplier lambda() {
        return () -> System.nanoTime() / 1000;
    }

    static LocalDate day() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    @SuppressWarnings("JavaUtilDate")
    static Date date() {
        return new Date();
    }

    static Clock clock() {
        return Clock.system(ZoneOffset.UTC);
    }

    static Instant allowed() {
        return Instant.now(Clock.systemUTC());
    }
}
