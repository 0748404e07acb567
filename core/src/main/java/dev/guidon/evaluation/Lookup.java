package dev.guidon.evaluation;

import dev.guidon.definition.Attribute;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds an attribute in a context. */
@FunctionalInterface
interface Lookup {

    /** Returns null if the attribute is missing. */
    @Nullable
    Object in(EvaluationContext context);

    static Lookup of(Attribute attribute, Clock clock) {
        if (attribute.equals(Attribute.KEY)) {
            return EvaluationContext::targetingKey;
        } else if (attribute.equals(Attribute.NOW)) {
            return context -> clock.instant();
        } else if (attribute instanceof Attribute.Path path) {
            return path(path.names());
        }
        String name = ((Attribute.Named) attribute).name();
        if (name.indexOf('.') < 0) {
            return context -> context.attribute(name);
        }
        Lookup dotted = path(List.of(name.split("\\.", -1)));
        return context -> {
            Object exact = context.attribute(name);
            return exact != null ? exact : dotted.in(context);
        };
    }

    private static Lookup path(List<String> names) {
        String first = names.get(0);
        String[] inner = names.subList(1, names.size()).toArray(new String[0]);
        return context -> {
            Object value = context.attribute(first);
            for (String name : inner) {
                value = value instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return value;
        };
    }
}
