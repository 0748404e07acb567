package dev.guidon.evaluation;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a flag gave what it gave. {@code toString} is for people, {@link #toValue()} for machines. Both show the context's attribute values,
 * but not the values that an attribute is compared with which the flag or segment declares {@code sensitive}.
 *
 * @param revision the revision of the definitions
 * @param evaluation what the flag gave
 * @param steps what was looked at, in order
 */
public record Explanation(Revision revision, Evaluation<FlagValue> evaluation, List<Step> steps) {

    /** Copies the steps. */
    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * One thing that was looked at: a prerequisite, a rule, a condition, a rollout, a split.
     *
     * @param what what it is
     * @param outcome what it gave: TRUE, FALSE or UNKNOWN for conditions, else in words
     * @param detail what led to that, for example the value that was found, or the bucket and the limit; null for nothing more
     * @param inner what it consists of
     */
    public record Step(
            String what, String outcome, @Nullable String detail, List<Step> inner) {
        /** Copies the inner steps, and keeps each text on one line. */
        public Step {
            what = Shown.message(what);
            outcome = Shown.message(outcome);
            detail = detail == null ? null : Shown.message(detail);
            inner = List.copyOf(inner);
        }
    }

    /** {@return the explanation as a JSON object} */
    public FlagValue toValue() {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("flag", FlagValue.of(evaluation.flagKey()));
        fields.put("revision", FlagValue.of(revision.number()));
        put(fields, "variant", evaluation.variant());
        fields.put("value", evaluation.value());
        fields.put("reason", FlagValue.of(evaluation.reason().name()));
        put(fields, "ruleId", evaluation.ruleId());
        put(fields, "prerequisite", evaluation.prerequisite());
        put(
                fields,
                "errorCode",
                evaluation.errorCode() == null ? null : evaluation.errorCode().name());
        put(fields, "errorMessage", evaluation.errorMessage());
        fields.put("steps", steps(steps));
        return new FlagValue.Obj(fields);
    }

    /** {@return the explanation as indented text} */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        String what =
                evaluation.isDefault() ? "the caller's default" : evaluation.variant() + " = " + evaluation.value();
        lines.add(Shown.message(evaluation.flagKey() + " -> " + what + " (" + evaluation.reason()
                + (evaluation.ruleId() == null ? "" : ", rule " + evaluation.ruleId())
                + (evaluation.prerequisite() == null ? "" : ", prerequisite " + evaluation.prerequisite())
                + (evaluation.errorMessage() == null ? "" : ", " + evaluation.errorMessage())
                + ") at revision " + revision.number()));
        steps.forEach(step -> append("  ", step, lines));
        return String.join("\n", lines);
    }

    private static void append(String indent, Step step, List<String> lines) {
        lines.add(indent + step.what() + ": " + step.outcome()
                + (step.detail() == null ? "" : " (" + step.detail() + ")"));
        step.inner().forEach(inner -> append(indent + "  ", inner, lines));
    }

    private static FlagValue steps(List<Step> steps) {
        return new FlagValue.Array(steps.stream()
                .map(step -> {
                    Map<String, FlagValue> fields = new LinkedHashMap<>();
                    fields.put("what", FlagValue.of(step.what()));
                    fields.put("outcome", FlagValue.of(step.outcome()));
                    put(fields, "detail", step.detail());
                    if (!step.inner().isEmpty()) {
                        fields.put("steps", steps(step.inner()));
                    }
                    return (FlagValue) new FlagValue.Obj(fields);
                })
                .toList());
    }

    private static void put(Map<String, FlagValue> fields, String name, @Nullable String text) {
        if (text != null) {
            fields.put(name, FlagValue.of(text));
        }
    }
}
