package dev.guidon.evaluation;

import dev.guidon.definition.Attribute;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds an attribute in a context. The targeting key and plain names, which nearly all look-ups are of, are found by code that is the
 * same for all flags, so that the virtual machine's compiler can see through it.
 */
final class Lookup {

    private static final Lookup KEY = new Lookup(null, null);

    private final @Nullable String name;
    private final @Nullable Function<EvaluationContext, @Nullable Object> other;

    private Lookup(@Nullable String name, @Nullable Function<EvaluationContext, @Nullable Object> other) {
        this.name = name;
        this.other = other;
    }

    /** Returns null if the attribute is missing. */
    @Nullable
    Object in(EvaluationContext context) {
        if (name != null) {
            return context.attribute(name);
        }
        return other == null ? context.targetingKey() : other.apply(context);
    }

    static Lookup of(Attribute attribute, Clock clock) {
        if (attribute.equals(Attribute.KEY)) {
            return KEY;
        } else if (attribute.equals(Attribute.NOW)) {
            return by(context -> clock.instant());
        } else if (attribute instanceof Attribute.Path path) {
            return by(path(path.names()));
        }
        // Names in programs are constants, which are interned: comparing references then is enough.
        String name = ((Attribute.Named) attribute).name().intern();
        if (name.indexOf('.') < 0) {
            return new Lookup(name, null);
        }
        Function<EvaluationContext, @Nullable Object> dotted = path(List.of(name.split("\\.", -1)));
        return by(context -> {
            Object exact = context.attribute(name);
            return exact != null ? exact : dotted.apply(context);
        });
    }

    /** Something that is never missing. */
    static Lookup always(Object value) {
        return by(context -> value);
    }

    private static Lookup by(Function<EvaluationContext, @Nullable Object> other) {
        return new Lookup(null, other);
    }

    private static Function<EvaluationContext, @Nullable Object> path(List<String> names) {
        String first = names.get(0).intern();
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
