package dev.guidon;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Explanation;
import dev.guidon.evaluation.FlagView;
import dev.guidon.evaluation.Snapshot;

/** Flags that answer from a snapshot, which may be another one at each call. */
abstract class SnapshotView implements FlagView {

    abstract Snapshot snapshot();

    @Override
    public Revision revision() {
        return snapshot().revision();
    }

    @Override
    public boolean getBooleanValue(String key, boolean defaultValue, EvaluationContext context) {
        return snapshot().getBooleanValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Boolean> getBooleanDetails(String key, boolean defaultValue, EvaluationContext context) {
        return snapshot().getBooleanDetails(key, defaultValue, context);
    }

    @Override
    public String getStringValue(String key, String defaultValue, EvaluationContext context) {
        return snapshot().getStringValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<String> getStringDetails(String key, String defaultValue, EvaluationContext context) {
        return snapshot().getStringDetails(key, defaultValue, context);
    }

    @Override
    public int getIntegerValue(String key, int defaultValue, EvaluationContext context) {
        return snapshot().getIntegerValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Integer> getIntegerDetails(String key, int defaultValue, EvaluationContext context) {
        return snapshot().getIntegerDetails(key, defaultValue, context);
    }

    @Override
    public long getLongValue(String key, long defaultValue, EvaluationContext context) {
        return snapshot().getLongValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Long> getLongDetails(String key, long defaultValue, EvaluationContext context) {
        return snapshot().getLongDetails(key, defaultValue, context);
    }

    @Override
    public double getDoubleValue(String key, double defaultValue, EvaluationContext context) {
        return snapshot().getDoubleValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Double> getDoubleDetails(String key, double defaultValue, EvaluationContext context) {
        return snapshot().getDoubleDetails(key, defaultValue, context);
    }

    @Override
    public FlagValue getObjectValue(String key, FlagValue defaultValue, EvaluationContext context) {
        return snapshot().getObjectValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<FlagValue> getObjectDetails(String key, FlagValue defaultValue, EvaluationContext context) {
        return snapshot().getObjectDetails(key, defaultValue, context);
    }

    @Override
    public Evaluation<FlagValue> evaluate(String key, EvaluationContext context) {
        return snapshot().evaluate(key, context);
    }

    @Override
    public Explanation explain(String key, EvaluationContext context) {
        return snapshot().explain(key, context);
    }
}
