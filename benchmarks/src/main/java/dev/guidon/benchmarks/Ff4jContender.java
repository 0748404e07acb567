package dev.guidon.benchmarks;

import org.ff4j.FF4j;
import org.ff4j.core.Feature;
import org.ff4j.core.FlippingExecutionContext;
import org.ff4j.strategy.ClientFilterStrategy;
import org.ff4j.strategy.WhiteListStrategy;

/** FF4j with its default store in memory. */
final class Ff4jContender extends Contender<FlippingExecutionContext> {

    private final FF4j ff4j = new FF4j();

    Ff4jContender() {
        ff4j.createFeature("plain", true);
        Feature list = new Feature("list", true);
        list.setFlippingStrategy(new WhiteListStrategy(String.join(",", User.listed())));
        ff4j.createFeature(list);
        // Else an unknown feature is an exception.
        ff4j.autoCreate(true);
    }

    @Override
    FlippingExecutionContext context(User user) {
        FlippingExecutionContext context = new FlippingExecutionContext();
        context.putString(ClientFilterStrategy.CLIENT_HOSTNAME, user.id());
        context.putString("country", user.country());
        context.putString("plan", user.plan());
        context.putString("email", user.email());
        return context;
    }

    @Override
    boolean plain(FlippingExecutionContext context) {
        return ff4j.check("plain", context);
    }

    @Override
    boolean unknown(FlippingExecutionContext context) {
        return ff4j.check("unknown", context);
    }

    @Override
    boolean list(FlippingExecutionContext context) {
        return ff4j.check("list", context);
    }
}
