package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Contexts of LaunchDarkly as docs/migrating-imports.md says that they are to be built for Guidon. */
final class LaunchDarklyContexts {

    private LaunchDarklyContexts() {}

    static EvaluationContext of(FlagValue.Obj context) {
        Map<String, FlagValue> fields = context.fields();
        if (!(fields.get("kind") instanceof FlagValue.Text kind)) {
            return build(Map.of("user", user(context)));
        } else if (!kind.value().equals("multi")) {
            return build(Map.of(kind.value(), without(context, "kind")));
        }
        return build(without(context, "kind").fields());
    }

    private static EvaluationContext build(Map<String, FlagValue> kinds) {
        FlagValue.Obj user = kinds.get("user") instanceof FlagValue.Obj found ? found : new FlagValue.Obj(Map.of());
        String key = user.fields().get("key") instanceof FlagValue.Text text ? text.value() : null;
        EvaluationContext.Builder builder = EvaluationContext.builder(key);
        without(user, "key").fields().forEach(builder::set);
        kinds.forEach((kind, value) -> {
            if (!kind.equals("user")) {
                builder.set(kind, value);
            }
        });
        List<String> names = new ArrayList<>(kinds.keySet());
        return builder.set("kind", names).build();
    }

    /** The form before there were kinds: what an application has added stands under {@code custom}. */
    private static FlagValue.Obj user(FlagValue.Obj context) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        if (context.fields().get("custom") instanceof FlagValue.Obj custom) {
            fields.putAll(custom.fields());
        }
        fields.putAll(without(context, "custom").fields());
        return new FlagValue.Obj(fields);
    }

    private static FlagValue.Obj without(FlagValue.Obj object, String field) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(object.fields());
        fields.remove(field);
        return new FlagValue.Obj(fields);
    }
}
