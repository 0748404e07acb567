package dev.guidon.benchmarks;

import dev.guidon.benchmarks.Result.Mode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link EvaluationBenchmark}. In each round and for each workload all systems are measured one right after the other, each in a
 * process of its own, so that whatever else the machine does meets them alike, and pairs of one round can be compared.
 */
@SuppressWarnings("SystemOut") // It takes long: tell how far it is.
final class Measurement {

    /** What is large is compiled long after what is small. */
    private static final int WARMUP = 2;

    private static final int ITERATIONS = 5;
    private static final int BUILT_MILLIS = 300;

    private final Effort effort;
    private final List<Contenders> contenders;
    private final List<Workload> workloads;

    Measurement(Effort effort, List<Contenders> contenders, List<Workload> workloads) {
        this.effort = effort;
        this.contenders = contenders;
        this.workloads = workloads;
    }

    List<Result> run() {
        List<Result> results = new ArrayList<>();
        for (Mode mode : effort.modes()) {
            for (int round = 0; round < effort.rounds(mode); round++) {
                for (Workload workload : workloads) {
                    List<Result> some = run(mode, workload, round);
                    some.forEach(result -> System.out.printf(
                            "%s, round %d, %s, %s: %.1f ns, %.0f B%n",
                            mode.title,
                            result.round() + 1,
                            workload.title,
                            result.contender().title,
                            result.nanos(),
                            result.bytes()));
                    results.addAll(some);
                }
            }
        }
        return results;
    }

    private List<Result> run(Mode mode, Workload workload, int round) {
        try {
            Collection<RunResult> runs = new Runner(options(mode, workload)).run();
            return runs.stream().map(run -> result(run, mode, workload, round)).toList();
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed for " + workload, e);
        }
    }

    private Options options(Mode mode, Workload workload) {
        int millis = mode == Mode.PREBUILT ? effort.iterationMillis() : BUILT_MILLIS;
        return new OptionsBuilder()
                .include("\\." + EvaluationBenchmark.class.getSimpleName() + "\\." + workload.method() + mode.suffix
                        + "$")
                .param("contender", supporting(workload))
                .threads(mode.threads)
                .forks(1)
                .warmupIterations(WARMUP)
                .warmupTime(TimeValue.milliseconds(effort.warmupMillis()))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(millis))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                .build();
    }

    private String[] supporting(Workload workload) {
        return contenders.stream()
                .filter(contender -> contender.supports(workload))
                .map(Contenders::name)
                .toArray(String[]::new);
    }

    private static Result result(RunResult run, Mode mode, Workload workload, int round) {
        return new Result(
                Contenders.valueOf(run.getParams().getParam("contender")),
                workload,
                mode,
                round,
                run.getPrimaryResult().getStatistics().getPercentile(50),
                bytes(run));
    }

    /** The profiler's name has a dot before it in some versions of JMH. */
    private static double bytes(RunResult run) {
        for (String name : List.of("gc.alloc.rate.norm", "·gc.alloc.rate.norm")) {
            var found = run.getSecondaryResults().get(name);
            if (found != null) {
                return found.getScore();
            }
        }
        return Double.NaN;
    }
}
