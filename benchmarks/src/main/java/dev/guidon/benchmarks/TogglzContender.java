package dev.guidon.benchmarks;

import org.togglz.core.Feature;
import org.togglz.core.activation.GradualActivationStrategy;
import org.togglz.core.activation.UsernameActivationStrategy;
import org.togglz.core.manager.FeatureManager;
import org.togglz.core.manager.FeatureManagerBuilder;
import org.togglz.core.repository.FeatureState;
import org.togglz.core.repository.mem.InMemoryStateRepository;
import org.togglz.core.user.FeatureUser;
import org.togglz.core.user.SimpleFeatureUser;
import org.togglz.core.user.thread.ThreadLocalUserProvider;
import org.togglz.core.util.NamedFeature;

/** Togglz with an enum of features, its state in memory, and the user bound to the thread where the answer depends on one. */
final class TogglzContender extends Contender<FeatureUser> {

    private static final Feature UNKNOWN = new NamedFeature("UNKNOWN");

    private enum Features implements Feature {
        PLAIN,
        HALF,
        LIST
    }

    private final FeatureManager manager;

    TogglzContender() {
        InMemoryStateRepository states = new InMemoryStateRepository();
        states.setFeatureState(new FeatureState(Features.PLAIN, true));
        states.setFeatureState(new FeatureState(Features.HALF, true)
                .setStrategyId(GradualActivationStrategy.ID)
                .setParameter(GradualActivationStrategy.PARAM_PERCENTAGE, "50"));
        states.setFeatureState(new FeatureState(Features.LIST, true)
                .setStrategyId(UsernameActivationStrategy.ID)
                .setParameter(UsernameActivationStrategy.PARAM_USERS, String.join(",", User.listed())));
        manager = new FeatureManagerBuilder()
                .featureEnum(Features.class)
                .stateRepository(states)
                .userProvider(new ThreadLocalUserProvider())
                .build();
    }

    @Override
    FeatureUser context(User user) {
        return new SimpleFeatureUser(user.id());
    }

    @Override
    boolean plain(FeatureUser user) {
        return manager.isActive(Features.PLAIN);
    }

    @Override
    boolean half(FeatureUser user) {
        return isActive(Features.HALF, user);
    }

    @Override
    boolean unknown(FeatureUser user) {
        return manager.isActive(UNKNOWN);
    }

    @Override
    boolean list(FeatureUser user) {
        return isActive(Features.LIST, user);
    }

    private boolean isActive(Feature feature, FeatureUser user) {
        ThreadLocalUserProvider.bind(user);
        try {
            return manager.isActive(feature);
        } finally {
            ThreadLocalUserProvider.release();
        }
    }
}
