package dev.guidon.testkit;

import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.FlagView;

/** Flags that decide at each question who answers it. */
abstract class AskedFlags implements FlagView {

    /** Somebody asks for a flag. */
    abstract FlagView asked(String key);

    @Override
    public boolean getBooleanValue(String key, boolean defaultValue, EvaluationContext context) {
        return asked(key).getBooleanValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Boolean> getBooleanDetails(String key, boolean defaultValue, EvaluationContext context) {
        return asked(key).getBooleanDetails(key, defaultValue, context);
    }

    @Override
    public String getStringValue(String key, String defaultValue, EvaluationContext context) {
        return asked(key).getStringValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<String> getStringDetails(String key, String defaultValue, EvaluationContext context) {
        return asked(key).getStringDetails(key, defaultValue, context);
    }

    @Override
    public int getIntegerValue(String key, int defaultValue, EvaluationContext context) {
        return asked(key).getIntegerValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Integer> getIntegerDetails(String key, int defaultValue, EvaluationContext context) {
        return asked(key).getIntegerDetails(key, defaultValue, context);
    }

    @Override
    public long getLongValue(String key, long defaultValue, EvaluationContext context) {
        return asked(key).getLongValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Long> getLongDetails(String key, long defaultValue, EvaluationContext context) {
        return asked(key).getLongDetails(key, defaultValue, context);
    }

    @Override
    public double getDoubleValue(String key, double defaultValue, EvaluationContext context) {
        return asked(key).getDoubleValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<Double> getDoubleDetails(String key, double defaultValue, EvaluationContext context) {
        return asked(key).getDoubleDetails(key, defaultValue, context);
    }

    @Override
    public FlagValue getObjectValue(String key, FlagValue defaultValue, EvaluationContext context) {
        return asked(key).getObjectValue(key, defaultValue, context);
    }

    @Override
    public Evaluation<FlagValue> getObjectDetails(String key, FlagValue defaultValue, EvaluationContext context) {
        return asked(key).getObjectDetails(key, defaultValue, context);
    }

    @Override
    public Evaluation<FlagValue> evaluate(String key, EvaluationContext context) {
        return asked(key).evaluate(key, context);
    }
}
