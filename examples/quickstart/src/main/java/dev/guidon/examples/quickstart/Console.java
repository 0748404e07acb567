package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.Snapshot;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.DependsOn;
import org.springframework.stereotype.Component;

/** Prints a line for each flag that changed: what that does to the crowd. */
@Component
@DependsOn("firstFlags")
class Console {

    private final String name;
    private Snapshot before;

    Console(FeatureFlags flags, @Value("${server.port}") String port) {
        before = flags.snapshot();
        name = port;
    }

    synchronized void changed(Changes.@Nullable Entry change, Set<String> flags, Snapshot now) {
        String who = change == null ? "" : " by " + change.actor();
        String why = change == null || change.reason() == null ? "" : " (" + change.reason() + ")";
        for (String flag : flags) {
            System.out.printf(
                    "%s  revision %d%s%s: %s served to %,d visitors: %s%n",
                    name, now.revision().number(), who, why, flag, Crowd.SIZE, shares(flag, now));
        }
        before = now;
    }

    private String shares(String flag, Snapshot now) {
        Map<String, Integer> then = Crowd.shares(flag, before);
        StringBuilder text = new StringBuilder();
        Crowd.shares(flag, now).forEach((variant, count) -> {
            Integer was = then.get(variant);
            text.append(text.isEmpty() ? "" : ", ").append(variant).append(' ');
            text.append(was == null || was.equals(count) ? "" : percent(was) + " -> ")
                    .append(percent(count));
        });
        return text.toString();
    }

    private static String percent(int count) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * count / Crowd.SIZE);
    }
}
