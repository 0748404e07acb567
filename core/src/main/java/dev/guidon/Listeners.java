package dev.guidon;

import dev.guidon.evaluation.EvaluationListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls listeners such that none can disturb the caller or another listener. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(FeatureFlags.class);

    private final List<FlagsListener> listeners;

    Listeners(List<FlagsListener> listeners) {
        this.listeners = new CopyOnWriteArrayList<>(listeners);
    }

    void add(FlagsListener listener) {
        listeners.add(listener);
    }

    void remove(FlagsListener listener) {
        listeners.remove(listener);
    }

    void tell(Consumer<FlagsListener> news) {
        for (FlagsListener listener : listeners) {
            try {
                news.accept(listener);
            } catch (RuntimeException | LinkageError | StackOverflowError failure) {
                LOG.warn("The listener {} failed", listener.getClass().getName(), failure);
            }
        }
    }

    /** One listener for several; null for none. A failure of one keeps none of the others from hearing. */
    static @Nullable EvaluationListener combined(List<EvaluationListener> listeners) {
        if (listeners.size() <= 1) {
            return listeners.isEmpty() ? null : listeners.get(0);
        }
        EvaluationListener first = listeners.get(0);
        EvaluationListener rest = combined(listeners.subList(1, listeners.size()));
        return (evaluation, context) -> {
            try {
                first.evaluated(evaluation, context);
            } finally {
                if (rest != null) {
                    rest.evaluated(evaluation, context);
                }
            }
        };
    }
}
