package dev.guidon.openfeature;

import dev.guidon.evaluation.EvaluationContext;
import dev.openfeature.sdk.Structure;
import dev.openfeature.sdk.Value;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** OpenFeature's contexts as Guidon has them. */
final class ContextReader {

    private ContextReader() {}

    /** What OpenFeature says, on top of what is known without it. */
    static EvaluationContext read(EvaluationContext base, dev.openfeature.sdk.@Nullable EvaluationContext from) {
        EvaluationContext over = read(from);
        return base == EvaluationContext.EMPTY ? over : base.merge(over);
    }

    /**
     * The targeting key is no attribute besides. What is nested is handed on as a view, so that it is read once, and within the limits of
     * {@link EvaluationContext}.
     */
    static EvaluationContext read(dev.openfeature.sdk.@Nullable EvaluationContext from) {
        if (from == null) {
            return EvaluationContext.EMPTY;
        }
        String targetingKey = from.getTargetingKey();
        if (from.isEmpty()) {
            return targetingKey == null ? EvaluationContext.EMPTY : EvaluationContext.of(targetingKey);
        }
        EvaluationContext.Builder context = EvaluationContext.builder(targetingKey);
        for (Map.Entry<String, Value> entry : from.asUnmodifiableMap().entrySet()) {
            if (!dev.openfeature.sdk.EvaluationContext.TARGETING_KEY.equals(entry.getKey())) {
                context.set(entry.getKey(), plain(entry.getValue()));
            }
        }
        return context.build();
    }

    private static @Nullable Object plain(@Nullable Value value) {
        Object object = value == null ? null : value.asObject();
        if (object instanceof Structure structure) {
            return new Fields(structure);
        } else if (object instanceof List<?> list) {
            return new Elements(list);
        }
        return object;
    }

    /** The elements of a list. */
    private static final class Elements extends AbstractCollection<@Nullable Object> {

        private final List<?> list;

        Elements(List<?> list) {
            this.list = list;
        }

        @Override
        public Iterator<@Nullable Object> iterator() {
            return list.stream()
                    .<@Nullable Object>map(element -> element instanceof Value value ? plain(value) : null)
                    .iterator();
        }

        @Override
        public int size() {
            return list.size();
        }
    }

    /** The fields of a structure. */
    private static final class Fields extends AbstractMap<String, @Nullable Object> {

        private final Map<String, Value> values;

        Fields(Structure structure) {
            values = structure.asUnmodifiableMap();
        }

        @Override
        public Set<Entry<String, @Nullable Object>> entrySet() {
            return new AbstractSet<>() {
                @Override
                public Iterator<Entry<String, @Nullable Object>> iterator() {
                    return values.entrySet().stream()
                            .<Entry<String, @Nullable Object>>map(
                                    field -> new SimpleImmutableEntry<>(field.getKey(), plain(field.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return values.size();
                }
            };
        }
    }
}
