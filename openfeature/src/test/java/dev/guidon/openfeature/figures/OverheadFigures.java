package dev.guidon.openfeature.figures;

import com.sun.management.ThreadMXBean;
import dev.guidon.FeatureFlags;
import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.json.FlagFormat;
import dev.guidon.openfeature.GuidonProvider;
import dev.guidon.store.InMemoryFlagStore;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What an evaluation costs of {@link FeatureFlags}, of the provider, and of a client of OpenFeature: nanoseconds of a processor and bytes,
 * on one thread. The best of the rounds counts, which are taken in turns, since other work on the machine only ever adds to them.
 */
@SuppressWarnings("SystemOut") // Figures are printed.
public final class OverheadFigures {

    private static final int CALLS = 200_000;
    private static final Definitions FLAGS = FlagFormat.parseYaml("""
            flags:
              plain: {enabled: true}
              ruled:
                enabled: true
                rules: [{id: fr, when: {attribute: country, equals: FR}, serve: "off"}]
                fallthrough: "on"
              object:
                enabled: true
                type: json
                variants: {a: {title: "Check out", images: [1, 2, 3], show: true}}
                fallthrough: a
            """);

    private OverheadFigures() {}

    /**
     * Measures and prints.
     *
     * @param args how many rounds
     */
    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        System.out.printf(
                "%d cores, Java %s, load %.1f%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        OpenFeatureAPI api = OpenFeatureAPI.createIsolated();
        try (InMemoryFlagStore store =
                        InMemoryFlagStore.builder().definitions(FLAGS).build();
                FeatureFlags flags = FeatureFlags.of(store)) {
            GuidonProvider provider = GuidonProvider.of(flags);
            api.setProviderAndWait(provider);
            Client client = api.getClient();
            EvaluationContext key = EvaluationContext.of("u-1");
            ImmutableContext theirKey = new ImmutableContext("u-1");
            EvaluationContext four = EvaluationContext.builder("u-1")
                    .set("country", "DE")
                    .set("plan", "pro")
                    .set("age", 29)
                    .build();
            ImmutableContext theirFour = new ImmutableContext(
                    "u-1", Map.of("country", new Value("DE"), "plan", new Value("pro"), "age", new Value(29)));
            measure(
                    rounds,
                    "a boolean without rules, for a targeting key",
                    () -> flags.getBooleanDetails("plain", false, key).value(),
                    () -> provider.getBooleanEvaluation("plain", false, theirKey)
                            .getValue(),
                    () -> client.getBooleanDetails("plain", false, theirKey).getValue());
            measure(
                    rounds,
                    "a boolean with a rule, for a targeting key and three attributes",
                    () -> flags.getBooleanDetails("ruled", false, four).value(),
                    () -> provider.getBooleanEvaluation("ruled", false, theirFour)
                            .getValue(),
                    () -> client.getBooleanDetails("ruled", false, theirFour).getValue());
            measure(
                    rounds,
                    "a JSON value without rules, for a targeting key",
                    () -> flags.evaluate("object", key).variant() != null,
                    () -> provider.getObjectEvaluation("object", null, theirKey).getVariant() != null,
                    () -> client.getObjectDetails("object", null, theirKey).getVariant() != null);
        }
        api.shutdown();
    }

    private static void measure(
            int rounds, String what, BooleanSupplier direct, BooleanSupplier provider, BooleanSupplier client) {
        BooleanSupplier[] ways = {direct, provider, client};
        Cost[] least = {Cost.MOST, Cost.MOST, Cost.MOST};
        for (int round = 0; round < rounds; round++) {
            for (int way = 0; way < ways.length; way++) {
                least[way] = least[way].least(once(ways[way]));
            }
        }
        System.out.printf("%s: direct %s, provider %s, client %s%n", what, least[0], least[1], least[2]);
    }

    private static Cost once(BooleanSupplier evaluation) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int right = 0;
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < CALLS; i++) {
            right += evaluation.getAsBoolean() ? 1 : 0;
        }
        long nanos = threads.getCurrentThreadCpuTime() - start;
        bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
        if (right != CALLS) {
            throw new IllegalStateException(right + " answers are right; expected " + CALLS);
        }
        return new Cost((double) nanos / CALLS, (double) bytes / CALLS);
    }

    /** Of one evaluation. */
    private record Cost(double nanos, double bytes) {

        private static final Cost MOST = new Cost(Double.MAX_VALUE, Double.MAX_VALUE);

        Cost least(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }

        @Override
        public String toString() {
            return String.format("%.0f ns %.0f B", nanos, bytes);
        }
    }
}
