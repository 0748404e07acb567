package dev.guidon.audit;

import dev.guidon.audit.RelayStatus.State;
import dev.guidon.definition.Revision;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;

/**
 * The meters of an {@link AuditRelay}. They need Micrometer on the class path, which nothing else here does. Their names and tags are
 * described in {@code docs/metrics.md}.
 *
 * <pre>{@code
 * new AuditRelayMetrics(relay).bindTo(registry);
 * }</pre>
 */
public final class AuditRelayMetrics implements MeterBinder {

    private final AuditRelay relay;

    /**
     * The meters of a relay.
     *
     * @param relay the relay
     */
    public AuditRelayMetrics(AuditRelay relay) {
        this.relay = relay;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Tags tags = Tags.of("guidon.namespace", relay.store.namespace(), "topic", relay.topic.name());
        for (State state : State.values()) {
            Gauge.builder("guidon.audit.state", relay, one -> one.status().state() == state ? 1 : 0)
                    .description("1 for the state that the relay is in, 0 for the others")
                    .tags(tags.and("state", state.name().toLowerCase(Locale.ROOT)))
                    .register(registry);
        }
        Gauge.builder("guidon.audit.problem", relay, one -> one.status().problem() == null ? 0 : 1)
                .description("1 while something is wrong, else 0")
                .tags(tags)
                .register(registry);
        Gauge.builder("guidon.audit.lag", relay, AuditRelayMetrics::lag)
                .description("Revisions of the store that are not in the topic; no number if that is not known")
                .baseUnit("revisions")
                .tags(tags)
                .register(registry);
        Gauge.builder("guidon.audit.revision", relay, AuditRelayMetrics::revision)
                .description(
                        "Number of the last revision that this relay knows to be in the topic; no number before it was active")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder(
                        "guidon.audit.published", relay, one -> one.status().published())
                .description("Records that this relay has published")
                .baseUnit("records")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("guidon.audit.failures", relay.board, RelayBoard::failures)
                .description("Attempts that have failed, to reach Kafka, to publish or to read the store")
                .tags(tags)
                .register(registry);
    }

    private static double lag(AuditRelay relay) {
        long lag = relay.status().lag();
        return lag < 0 ? Double.NaN : lag;
    }

    private static double revision(AuditRelay relay) {
        Revision position = relay.status().position();
        return position == null ? Double.NaN : position.number();
    }
}
