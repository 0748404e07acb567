package dev.guidon.benchmarks;

import dev.guidon.FeatureFlags;
import dev.guidon.openfeature.GuidonProvider;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** All systems under measurement, in the order of the page. */
@SuppressWarnings("ImmutableEnumChecker") // Its maps and factories are not changed.
enum Contenders {
    BY_HAND("by hand", Role.FLOOR, "java.lang.Object", ByHand::new),
    GUIDON("Guidon", Role.GUIDON, "dev.guidon.FeatureFlags", () -> new GuidonContender(false)),
    GUIDON_METRICS(
            "Guidon with metrics", Role.GUIDON, "dev.guidon.metrics.FlagMetrics", () -> new GuidonContender(true)),
    GUIDON_OPENFEATURE(
            "Guidon through OpenFeature",
            Role.GUIDON,
            "dev.guidon.openfeature.GuidonProvider",
            () -> new OpenFeatureContender(GuidonProvider.owning(() -> FeatureFlags.of(GuidonContender.store()))
                    .build())),
    TOGGLZ(
            "Togglz",
            Role.PEER,
            "org.togglz.core.manager.FeatureManager",
            TogglzContender::new,
            Map.of(
                    Workload.RULES, "one strategy per feature, and none by attributes but scripts",
                    Workload.VARIANTS, "features are on or off")),
    LAUNCHDARKLY("LaunchDarkly", Role.PEER, "com.launchdarkly.sdk.server.LDClient", () -> new LaunchDarkly(false)),
    LAUNCHDARKLY_EVENTS(
            "LaunchDarkly with events",
            Role.PEER,
            "com.launchdarkly.sdk.server.LDClient",
            () -> new LaunchDarkly(true)),
    CONFIGCAT("ConfigCat", Role.PEER, "com.configcat.ConfigCatClient", ConfigCat::new),
    FF4J(
            "FF4j",
            Role.PEER,
            "org.ff4j.FF4j",
            Ff4jContender::new,
            Map.of(
                    Workload.RULES, "one strategy per feature, and none by attributes",
                    Workload.HALF, "its percentage is drawn anew for every call",
                    Workload.VARIANTS, "features are on or off")),
    SPLIT("Split", Role.PEER, "io.split.client.SplitClient", Split::new),
    OPENFEATURE(
            "OpenFeature in memory",
            Role.PEER,
            "dev.openfeature.sdk.OpenFeatureAPI",
            OpenFeatureMemory::new,
            without(
                    "rules are Java that its user writes",
                    Workload.RULES,
                    Workload.HALF,
                    Workload.VARIANTS,
                    Workload.LIST)),
    FLAGD("flagd in process", Role.PEER, "dev.openfeature.contrib.providers.flagd.FlagdProvider", Flagd::new),
    UNLEASH("Unleash", Role.PEER, "io.getunleash.Unleash", UnleashContender::new),
    REDIS(
            "Redis per call",
            Role.CEILING,
            "io.lettuce.core.RedisClient",
            RedisPerCall::new,
            without("such code knows on and off", Workload.RULES, Workload.HALF, Workload.VARIANTS, Workload.LIST));

    /** What a system is measured for. */
    enum Role {
        FLOOR,
        GUIDON,
        PEER,
        CEILING
    }

    final String title;
    final Role role;
    /** What it cannot do, with the reason. */
    final Map<Workload, String> unsupported;

    private final String type;
    private final Supplier<Contender<?>> maker;

    Contenders(String title, Role role, String type, Supplier<Contender<?>> maker) {
        this(title, role, type, maker, Map.of());
    }

    Contenders(String title, Role role, String type, Supplier<Contender<?>> maker, Map<Workload, String> unsupported) {
        this.title = title;
        this.role = role;
        this.type = type;
        this.maker = maker;
        this.unsupported = unsupported;
    }

    private static Map<Workload, String> without(String reason, Workload... workloads) {
        return Arrays.stream(workloads).collect(Collectors.toMap(workload -> workload, workload -> reason));
    }

    boolean supports(Workload workload) {
        return !unsupported.containsKey(workload);
    }

    /** Starts it. */
    Contender<?> open() {
        return maker.get();
    }

    /** The version by the name of its jar; empty if it comes from none. */
    String version() {
        try {
            var source = Class.forName(type, false, Contenders.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource();
            String path = source == null ? "" : source.getLocation().getPath();
            return path.endsWith(".jar") ? path.replaceFirst(".*?-(\\d[^/]*)\\.jar$", "$1") : "";
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
