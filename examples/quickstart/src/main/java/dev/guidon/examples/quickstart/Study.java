package dev.guidon.examples.quickstart;

import dev.guidon.definition.Rollout;
import dev.guidon.definition.Serve;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Evaluates an experiment, a feature for some, and a rollout by the clock: what should come out, and what does. */
final class Study {

    private static final Set<String> COUNTRIES = Set.of("DE", "FR");

    private final Snapshot flags;
    private final Users users;
    private final Table table = new Table();

    /** A snapshot stays as it is, so that all users are asked the same. */
    Study(Snapshot flags, Users users) {
        this.flags = flags;
        this.users = users;
    }

    String expectedAndSeen() {
        table.title("%,d users".formatted(users.all().size()), "expected", "seen");
        experiment("checkout-layout");
        featureForSome("premium-support");
        rampUp("fuzzy-search");
        return System.lineSeparator() + table;
    }

    /** The hash of a user's key decides, so that a user always sees the same. */
    private void experiment(String key) {
        if (flags.definitions().flag(key).orElseThrow().fallthrough() instanceof Serve.WeightedSplit split) {
            for (Serve.Weight share : split.shares()) {
                double seen = users.percentage(user -> share.variant()
                        .equals(flags.getStringDetails(key, "v1", user).variant()));
                row(key, share.variant(), 100.0 * share.weight() / split.total(), seen, "an experiment");
            }
        }
    }

    /** The attributes of a user decide. */
    private void featureForSome(String key) {
        double expected = users.percentage(
                user -> COUNTRIES.contains(user.attribute("country")) && "pro".equals(user.attribute("plan")));
        row(key, "on", expected, users.percentage(user -> flags.isEnabled(key, user)), "pro customers in DE and FR");
    }

    /** The clock decides. Here it is set to the day of each step; who is in once, stays in. */
    private void rampUp(String key) {
        if (flags.definitions().flag(key).orElseThrow().rules().get(0).rollout() instanceof Rollout.Ramp ramp) {
            List<EvaluationContext> before = List.of();
            for (Rollout.Step step : ramp.steps()) {
                Clock thatDay = Clock.fixed(step.at(), ZoneOffset.UTC);
                Snapshot then = new SnapshotCompiler(thatDay, SegmentMembers.NONE).compile(flags.definitions());

                String day = LocalDate.ofInstant(step.at(), ZoneOffset.UTC).toString();
                double seen = users.percentage(user -> then.isEnabled(key, user));
                long stayed = before.stream()
                        .filter(user -> then.isEnabled(key, user))
                        .count();
                String remark = before.isEmpty()
                        ? "a rollout by the clock"
                        : "%,d of %,d stayed in".formatted(stayed, before.size());
                row(key, day, step.percent().value().doubleValue(), seen, remark);
                before = users.all().stream()
                        .filter(user -> then.isEnabled(key, user))
                        .toList();
            }
        }
    }

    private void row(String flag, String serves, double expected, double seen, String remark) {
        table.row(flag, serves, Shares.percent(expected), Shares.percent(seen), remark);
    }
}
