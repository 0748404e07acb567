package dev.guidon.evaluation;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the shares of a definition that it cannot have: contexts are counted in whole buckets, and a share that is not near a number of
 * these gets another.
 */
final class Shares {

    /** A share is near to what was asked for if it is off by at most one part of so many. */
    private static final int TOLERANCE = 10;

    private static final MathContext SHOWN_DIGITS = new MathContext(3);

    private final List<Problem> notices = new ArrayList<>();

    private Shares() {}

    static List<Problem> notices(Definition definition) {
        Shares shares = new Shares();
        if (definition instanceof Flag flag) {
            for (int i = 0; i < flag.rules().size(); i++) {
                String path = "rules[" + i + "]";
                shares.condition(path + ".when", flag.rules().get(i).when());
                shares.rollout(path + ".rollout", flag.rules().get(i).rollout());
                shares.serve(path + ".serve", flag.rules().get(i).serve());
            }
            shares.serve("fallthrough", flag.fallthrough());
        } else if (definition instanceof Segment segment) {
            for (int i = 0; i < segment.rules().size(); i++) {
                shares.condition("rules[" + i + "].when", segment.rules().get(i).when());
                shares.rollout(
                        "rules[" + i + "].rollout", segment.rules().get(i).rollout());
            }
        }
        return shares.notices;
    }

    private void condition(String path, @Nullable Condition condition) {
        if (condition instanceof Condition.All all) {
            conditions(path + ".all", all.of());
        } else if (condition instanceof Condition.Any any) {
            conditions(path + ".any", any.of());
        } else if (condition instanceof Condition.Not not) {
            condition(path + ".not", not.of());
        } else if (condition instanceof Condition.IsTrue isTrue) {
            condition(path + ".isTrue", isTrue.of());
        } else if (condition instanceof Condition.InBucket range) {
            range(path + ".bucket", range.assignment(), range.from(), range.to());
        }
    }

    private void conditions(String path, List<Condition> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            condition(path + "[" + i + "]", conditions.get(i));
        }
    }

    private void rollout(String path, @Nullable Rollout rollout) {
        if (rollout instanceof Rollout.Fixed fixed) {
            range(path, fixed.assignment(), Percent.ZERO, fixed.percent());
        } else if (rollout instanceof Rollout.Ramp ramp) {
            for (int i = 0; i < ramp.steps().size(); i++) {
                Percent percent = ramp.steps().get(i).percent();
                range(path + ".ramp[" + i + "]", ramp.assignment(), Percent.ZERO, percent);
            }
        }
    }

    private void serve(String path, @Nullable Serve serve) {
        if (serve instanceof Serve.RangeSplit split) {
            for (int i = 0; i < split.shares().size(); i++) {
                Serve.Range range = split.shares().get(i);
                range(path + ".split[" + i + "]", split.assignment(), range.from(), range.to());
            }
        } else if (serve instanceof Serve.WeightedSplit split) {
            long[] weights =
                    split.shares().stream().mapToLong(Serve.Weight::weight).toArray();
            Bucketer bucketer = bucketer(split.assignment());
            long before = Bucketer.NOBODY;
            long sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i];
                long limit = bucketer.limit(sum, split.total());
                check(path + ".split[" + i + "]", split.assignment(), weights[i], split.total(), before, limit);
                before = limit;
            }
        }
    }

    private void range(String path, Assignment assignment, Percent from, Percent to) {
        Bucketer bucketer = bucketer(assignment);
        int asked = to.thousandths() - from.thousandths();
        check(path, assignment, asked, Percent.HUNDRED.thousandths(), bucketer.limit(from), bucketer.limit(to));
    }

    private void check(String path, Assignment assignment, long asked, long whole, long from, long to) {
        long buckets = buckets(assignment);
        if (buckets == 0) {
            return;
        }
        long first = assignment.bucketing().offset();
        long got = Math.max(0, Math.min(to, first + buckets) - Math.max(from, first));
        double wanted = (double) asked / whole * buckets;
        if (Math.abs(got - wanted) * TOLERANCE > wanted) {
            notices.add(new Problem(
                    path,
                    "a share of " + percent(asked, whole) + " %, which gets " + percent(got, buckets) + " %, " + got
                            + " of " + buckets + " buckets",
                    "shares that are near to whole buckets of " + percent(1, buckets) + " % each"));
        }
    }

    /** How many buckets there are; 0 if they are as good as endless. */
    private static long buckets(Assignment assignment) {
        Reduction reduction = assignment.bucketing().reduction();
        if (reduction instanceof Reduction.MultiplyShift shift) {
            return shift.buckets();
        }
        return reduction instanceof Reduction.Modulo modulo ? modulo.buckets() : 0;
    }

    private static Bucketer bucketer(Assignment assignment) {
        return new Bucketer(assignment, "", "", "", Clock.systemUTC());
    }

    private static String percent(long part, long whole) {
        BigDecimal percent = BigDecimal.valueOf(part).movePointRight(2).divide(BigDecimal.valueOf(whole), SHOWN_DIGITS);
        return percent.signum() == 0 ? "0" : percent.stripTrailingZeros().toPlainString();
    }
}
