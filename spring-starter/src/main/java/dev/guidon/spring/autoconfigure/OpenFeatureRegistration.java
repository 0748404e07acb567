package dev.guidon.spring.autoconfigure;

import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.openfeature.GuidonProvider;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.NoOpProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/** Sets the provider, and takes it away again. */
final class OpenFeatureRegistration implements DisposableBean {

    private final OpenFeatureAPI api;
    private final GuidonProvider provider;
    private final @Nullable String domain;

    /** Does not wait for flags, since {@code guidon.start} says how long to wait. */
    OpenFeatureRegistration(OpenFeatureAPI api, GuidonProvider provider, FeatureFlags flags, @Nullable String domain) {
        this.api = api;
        this.provider = provider;
        this.domain = domain;
        State state = flags.status().state();
        set(provider, state == State.READY || state == State.STALE);
    }

    Client client() {
        return api.getClient(domain);
    }

    /** Unless somebody else has set another provider meanwhile. */
    @Override
    public void destroy() {
        if (api.getProvider(domain) == provider) {
            set(new NoOpProvider(), true);
        }
        provider.shutdown();
    }

    private void set(FeatureProvider next, boolean wait) {
        if (domain == null) {
            if (wait) {
                api.setProviderAndWait(next);
            } else {
                api.setProvider(next);
            }
        } else if (wait) {
            api.setProviderAndWait(domain, next);
        } else {
            api.setProvider(domain, next);
        }
    }
}
