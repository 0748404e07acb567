package dev.guidon.benchmarks;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the answers of a system for all users with what the workloads define. */
final class AnswerCheck {

    /** How many users are asked about the list, which some systems search for milliseconds. */
    private static final int LIST_USERS = 64;

    private AnswerCheck() {}

    /** What is wrong; percentages may be off by what chance explains, since the systems hash differently. */
    static List<String> problems(Contenders asked, Contender<?> contender) {
        List<String> problems = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            if (asked.supports(workload)) {
                check(contender, workload, problems);
            }
        }
        return problems;
    }

    private static <C> void check(Contender<C> contender, Workload workload, List<String> problems) {
        Map<Object, Integer> counts = new HashMap<>();
        for (User user : User.all().subList(0, workload == Workload.LIST ? LIST_USERS : User.COUNT)) {
            Object answer = contender.ask(workload, contender.context(user));
            Object again = contender.ask(workload, contender.context(user));
            Object expected = expected(workload, user);
            if (!answer.equals(again)) {
                problems.add(workload + " gives " + user.id() + " first " + answer + " and then " + again);
                return;
            } else if (expected != null && !expected.equals(answer)) {
                problems.add(workload + " gives " + user.id() + " " + answer + "; expected " + expected);
                return;
            }
            counts.merge(answer, 1, Integer::sum);
        }
        int shares = workload == Workload.HALF ? 2 : workload == Workload.VARIANTS ? 4 : 0;
        if (shares > 0) {
            shares(workload, counts, shares, problems);
        }
    }

    private static @Nullable Object expected(Workload workload, User user) {
        return switch (workload) {
            case PLAIN, RULES -> true;
            case UNKNOWN -> false;
            case LIST -> user.isListed();
            case HALF, VARIANTS -> null;
        };
    }

    /** Within four standard deviations of the binomial distribution. */
    private static void shares(Workload workload, Map<Object, Integer> counts, int shares, List<String> problems) {
        double share = 1.0 / shares;
        double deviation = Math.sqrt(User.COUNT * share * (1 - share));
        boolean even = counts.values().stream().allMatch(n -> Math.abs(n - User.COUNT * share) <= 4 * deviation);
        if (counts.size() != shares || !even) {
            problems.add(workload + " is spread as " + counts);
        }
    }
}
