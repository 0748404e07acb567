package dev.guidon.spring;

import dev.guidon.evaluation.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Compares all flag sets with the flags there are, once all beans are made. For the auto-configuration. */
public final class FlagSetCheck implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(FlagSetCheck.class);

    private final ListableBeanFactory beans;
    private final CurrentFlags flags;
    private final Mode mode;

    /** What follows if a flag that a flag set reads is missing, broken or of another type. */
    public enum Mode {
        /** The application does not start. */
        FAIL,
        /** A warning is logged. */
        WARN,
        /** Nothing is compared. */
        OFF
    }

    /**
     * For the auto-configuration to call.
     *
     * @param beans where flag sets are looked for
     * @param flags the flags there are
     * @param mode what follows
     */
    public FlagSetCheck(ListableBeanFactory beans, CurrentFlags flags, Mode mode) {
        this.beans = beans;
        this.flags = flags;
        this.mode = mode;
    }

    @Override
    public void afterSingletonsInstantiated() {
        List<FlagSetHandler> sets = new ArrayList<>();
        for (FlagSetFactoryBean<?> set :
                beans.getBeansOfType(FlagSetFactoryBean.class).values()) {
            sets.add(set.handler());
        }
        if (sets.isEmpty() || mode == Mode.OFF || !(flags.view() instanceof Snapshot snapshot)) {
            return;
        }
        if (!snapshot.isReady()) {
            log.warn("Flag sets could not be compared with the flags, since none have been loaded yet");
            return;
        }
        List<String> problems = new ArrayList<>();
        sets.forEach(set -> problems.addAll(set.problems(snapshot)));
        if (!problems.isEmpty() && mode == Mode.FAIL) {
            throw new InvalidFlagSetException(problems);
        }
        problems.forEach(problem -> log.warn("{}; the method's own default answers", problem));
    }
}
