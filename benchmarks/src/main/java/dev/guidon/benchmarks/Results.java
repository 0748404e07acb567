package dev.guidon.benchmarks;

import dev.guidon.benchmarks.Contenders.Role;
import dev.guidon.benchmarks.Result.Mode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;

/** What all rounds say. */
record Results(List<Result> all) {

    boolean has(Mode mode) {
        return all.stream().anyMatch(result -> result.mode() == mode);
    }

    OptionalDouble nanos(Contenders contender, Workload workload, Mode mode) {
        return median(of(contender, workload, mode).stream().mapToDouble(Result::nanos));
    }

    OptionalDouble bytes(Contenders contender, Workload workload, Mode mode) {
        return median(of(contender, workload, mode).stream().mapToDouble(Result::bytes));
    }

    /** How many times the first's time the second takes: the median over the rounds, whose measurements are pairs. */
    OptionalDouble ratio(Contenders first, Contenders second, Workload workload, Mode mode) {
        return ofPairs(first, second, workload, mode, (one, other) -> other / one);
    }

    /** How many nanoseconds more the second takes than the first: the median over the rounds, whose measurements are pairs. */
    OptionalDouble difference(Contenders first, Contenders second, Workload workload, Mode mode) {
        return ofPairs(first, second, workload, mode, (one, other) -> other - one);
    }

    private OptionalDouble ofPairs(
            Contenders first, Contenders second, Workload workload, Mode mode, DoubleBinaryOperator nanos) {
        List<Result> others = of(second, workload, mode);
        return median(of(first, workload, mode).stream()
                .flatMapToDouble(one -> others.stream()
                        .filter(other -> other.round() == one.round())
                        .mapToDouble(other -> nanos.applyAsDouble(one.nanos(), other.nanos()))));
    }

    /** How many times the evaluations per second of one thread two threads do. */
    OptionalDouble scaling(Contenders contender, Workload workload) {
        OptionalDouble one = nanos(contender, workload, Mode.PREBUILT);
        OptionalDouble two = nanos(contender, workload, Mode.TWO_THREADS);
        return one.isPresent() && two.isPresent()
                ? OptionalDouble.of(2 * one.getAsDouble() / two.getAsDouble())
                : OptionalDouble.empty();
    }

    Optional<Contenders> fastestPeer(Workload workload, Mode mode) {
        return Arrays.stream(Contenders.values())
                .filter(contender -> contender.role == Role.PEER)
                .filter(contender -> nanos(contender, workload, mode).isPresent())
                .min(Comparator.comparingDouble(
                        contender -> nanos(contender, workload, mode).getAsDouble()));
    }

    private List<Result> of(Contenders contender, Workload workload, Mode mode) {
        return all.stream()
                .filter(result ->
                        result.contender() == contender && result.workload() == workload && result.mode() == mode)
                .toList();
    }

    private static OptionalDouble median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }
}
