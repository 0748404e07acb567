package dev.guidon.spring.actuate;

import dev.guidon.ClientStatus;
import dev.guidon.FeatureFlags;
import dev.guidon.store.FlagStore;
import dev.guidon.store.StoreStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * How fresh the flags are. Asks nobody: what it tells is known in the process. An application whose store is down goes on with its last
 * flags, and taking it out of service would make an outage of what is none; so that is not done unless it is asked for.
 */
public final class FlagsHealthIndicator extends AbstractHealthIndicator {

    private final FeatureFlags flags;
    private final FlagStore store;
    private final Status stale;
    private final Status error;

    /**
     * The health of flags.
     *
     * @param flags the flags
     * @param store their store
     * @param stale the status while the last known flags are in force although the store cannot be reached
     * @param error the status while no flags could ever be loaded
     */
    public FlagsHealthIndicator(FeatureFlags flags, FlagStore store, Status stale, Status error) {
        super("the health of flags cannot be told");
        this.flags = flags;
        this.store = store;
        this.stale = stale;
        this.error = error;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        ClientStatus client = flags.status();
        StoreStatus storeStatus = store.status();
        builder.status(
                        switch (client.state()) {
                            case READY -> Status.UP;
                            case STALE -> stale;
                            case ERROR -> error;
                            case NOT_READY -> Status.UNKNOWN;
                        })
                .withDetail("namespace", store.namespace())
                .withDetail("state", client.state().name())
                .withDetail("since", client.since().toString())
                .withDetail("revision", flags.revision().number())
                .withDetail("storeAvailable", storeStatus.available());
        String problem = client.problem() == null ? storeStatus.problem() : client.problem();
        if (problem != null) {
            builder.withDetail("problem", problem);
        }
    }
}
