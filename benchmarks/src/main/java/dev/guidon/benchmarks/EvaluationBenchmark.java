package dev.guidon.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One evaluation, for one user after the other. Before it is measured, a system has answered all workloads that it can do, in turn, as in an
 * application, which has many flags: the compiler cannot specialise it for the one flag that is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EvaluationBenchmark {

    private static final long ALL_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    /** A name of {@link Contenders}. */
    @Param("GUIDON")
    public String contender = "";

    private Contender<Object> system = unset();
    private User[] users = {};
    private Object[] contexts = {};

    /** Where a thread is among the users. */
    @State(Scope.Thread)
    public static class Turn {
        private int next;

        int next() {
            return next++ & (User.COUNT - 1);
        }
    }

    /** Starts the system and asks it everything. */
    @Setup(Level.Trial)
    @SuppressWarnings("unchecked") // It is asked with contexts that it made itself.
    public void start() {
        Contenders chosen = Contenders.valueOf(contender);
        system = (Contender<Object>) chosen.open();
        List<User> all = User.all();
        users = all.toArray(new User[0]);
        contexts = all.stream().map(system::context).toArray();
        List<Workload> asked =
                Arrays.stream(Workload.values()).filter(chosen::supports).toList();
        long end = System.nanoTime() + ALL_NANOS;
        for (int i = 0; System.nanoTime() < end; i++) {
            for (Workload workload : asked) {
                if (system.ask(workload, contexts[i & (User.COUNT - 1)]) == null) {
                    throw new IllegalStateException(contender + " does not answer " + workload);
                }
            }
        }
    }

    /** Ends the system. */
    @TearDown(Level.Trial)
    public void end() {
        system.close();
    }

    @Benchmark
    public boolean plain(Turn turn) {
        return system.plain(contexts[turn.next()]);
    }

    @Benchmark
    public boolean plainBuilt(Turn turn) {
        return system.plain(system.context(users[turn.next()]));
    }

    @Benchmark
    public boolean rules(Turn turn) {
        return system.rules(contexts[turn.next()]);
    }

    @Benchmark
    public boolean rulesBuilt(Turn turn) {
        return system.rules(system.context(users[turn.next()]));
    }

    @Benchmark
    public boolean half(Turn turn) {
        return system.half(contexts[turn.next()]);
    }

    @Benchmark
    public boolean halfBuilt(Turn turn) {
        return system.half(system.context(users[turn.next()]));
    }

    @Benchmark
    public String variants(Turn turn) {
        return system.variants(contexts[turn.next()]);
    }

    @Benchmark
    public String variantsBuilt(Turn turn) {
        return system.variants(system.context(users[turn.next()]));
    }

    @Benchmark
    public boolean unknown(Turn turn) {
        return system.unknown(contexts[turn.next()]);
    }

    @Benchmark
    public boolean unknownBuilt(Turn turn) {
        return system.unknown(system.context(users[turn.next()]));
    }

    @Benchmark
    public boolean list(Turn turn) {
        return system.list(contexts[turn.next()]);
    }

    @Benchmark
    public boolean listBuilt(Turn turn) {
        return system.list(system.context(users[turn.next()]));
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Set by start().
    private static <T> T unset() {
        return null;
    }
}
