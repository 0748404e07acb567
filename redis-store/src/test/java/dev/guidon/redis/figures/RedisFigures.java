package dev.guidon.redis.figures;

import dev.guidon.fixtures.RedisServer;
import io.lettuce.core.RedisClient;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Measures the store on this machine and prints a table. A goal that is missed is no failure. */
final class RedisFigures {

    private static final long MOST_SECONDS = 90;
    private static final long MOST_SECONDS_OF_ALL = 285;

    private static final Map<String, Figure> FIGURES = new LinkedHashMap<>();

    static {
        FIGURES.put("commit", CommitFigures::applied);
        FIGURES.put("serial", CommitFigures::serial);
        FIGURES.put("load", LoadFigures::load);
        FIGURES.put("reload", LoadFigures::reload);
        FIGURES.put("frozen", EvaluationFigures::frozen);
        FIGURES.put("lookup", EvaluationFigures::members);
        FIGURES.put("members", ServerFigures::members);
        FIGURES.put("idle", ServerFigures::idle);
        FIGURES.put("fanout", FanOutFigures::fanOut);
    }

    private RedisFigures() {}

    /**
     * Measures.
     *
     * @param arguments which figures, with commas between them; all if there are none
     */
    public static void main(String[] arguments) throws InterruptedException {
        String asked = arguments.length == 0 || arguments[0].equals("all") ? "" : arguments[0];
        List<String> names = asked.isEmpty() ? List.copyOf(FIGURES.keySet()) : List.of(asked.split(",", -1));
        if (!FIGURES.keySet().containsAll(names)) {
            System.out.println("figures: found " + names + "; allowed: " + FIGURES.keySet());
            System.exit(1);
        }
        System.out.println(machine());
        Report report = new Report();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS_OF_ALL);
        for (String name : names) {
            System.out.println(name);
            long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
            measure(name, report, Math.min(left, MOST_SECONDS));
        }
        report.print();
        System.exit(0);
    }

    /** On a thread of its own, so that one that hangs delays the others no longer than it may. */
    private static void measure(String name, Report report, long seconds) throws InterruptedException {
        Figure figure = FIGURES.get(name);
        FutureTask<Void> task = new FutureTask<>(() -> {
            figure.measure(report);
            return null;
        });
        Thread thread = new Thread(task, "figure-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            task.get(Math.max(0, seconds), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            report.add(name, "not done within " + seconds + " s", "", false);
        } catch (ExecutionException e) {
            report.add(name, "failed: " + e.getCause(), "", false);
        }
    }

    private static String machine() {
        try (RedisServer server = RedisServer.start()) {
            return String.join(
                    ", ",
                    Arrays.asList(
                            LocalDate.now(Clock.systemUTC()).toString(),
                            Runtime.getRuntime().availableProcessors() + " cores",
                            System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                            "JDK " + System.getProperty("java.version"),
                            "Redis " + server.version(),
                            "Lettuce " + RedisClient.class.getPackage().getImplementationVersion()));
        }
    }
}
