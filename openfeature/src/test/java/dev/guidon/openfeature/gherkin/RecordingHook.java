package dev.guidon.openfeature.gherkin;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Notes its stages, and what they are given. */
final class RecordingHook implements Hook<Object> {

    private final String name;
    private final List<String> order;
    private final Map<String, FlagEvaluationDetails<Object>> details = new HashMap<>();

    RecordingHook(String name, List<String> order) {
        this.name = name;
        this.order = order;
    }

    FlagEvaluationDetails<Object> details(String stage) {
        return details.get(stage);
    }

    @Override
    public Optional<EvaluationContext> before(HookContext<Object> context, Map<String, Object> hints) {
        order.add("before " + name);
        return Optional.empty();
    }

    @Override
    public void after(HookContext<Object> context, FlagEvaluationDetails<Object> given, Map<String, Object> hints) {
        order.add("after " + name);
        details.put("after", given);
    }

    @Override
    public void error(HookContext<Object> context, Exception error, Map<String, Object> hints) {
        order.add("error " + name);
    }

    @Override
    public void finallyAfter(
            HookContext<Object> context, FlagEvaluationDetails<Object> given, Map<String, Object> hints) {
        order.add("finally " + name);
        details.put("finally", given);
    }
}
