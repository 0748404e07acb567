package dev.guidon.json;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.FlagValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes comparisons and member lists in the JSON of a definition, wherever they stand. What is of another shape stays as it is. */
final class DefinitionTree {

    private final UnaryOperator<FlagValue.Obj> comparisons;

    private DefinitionTree(UnaryOperator<FlagValue.Obj> comparisons) {
        this.comparisons = comparisons;
    }

    static FlagValue.Obj map(
            DefinitionKey id,
            FlagValue.Obj definition,
            UnaryOperator<FlagValue.Obj> comparisons,
            UnaryOperator<FlagValue.Obj> members) {
        DefinitionTree tree = new DefinitionTree(comparisons);
        Map<String, FlagValue> fields = new LinkedHashMap<>(definition.fields());
        fields.computeIfPresent("rules", (name, rules) -> each(rules, tree::rule));
        if (id.kind() == DefinitionKey.Kind.SEGMENT) {
            fields.computeIfPresent("include", (name, lists) -> each(lists, members));
            fields.computeIfPresent("exclude", (name, lists) -> each(lists, members));
        }
        return new FlagValue.Obj(fields);
    }

    private FlagValue.Obj rule(FlagValue.Obj rule) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(rule.fields());
        fields.computeIfPresent("when", (name, when) -> each(when, this::condition));
        return new FlagValue.Obj(fields);
    }

    private FlagValue.Obj condition(FlagValue.Obj condition) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(condition.fields());
        if (fields.containsKey("attribute")) {
            return comparisons.apply(condition);
        }
        for (String nesting : new String[] {"all", "any", "not", "isTrue"}) {
            fields.computeIfPresent(nesting, (name, inner) -> each(inner, this::condition));
        }
        return new FlagValue.Obj(fields);
    }

    /** An object, or each object of a list. */
    private static FlagValue each(FlagValue value, UnaryOperator<FlagValue.Obj> change) {
        if (value instanceof FlagValue.Array list) {
            return new FlagValue.Array(list.values().stream()
                    .map(element -> element instanceof FlagValue.Obj object ? change.apply(object) : element)
                    .toList());
        }
        return value instanceof FlagValue.Obj object ? change.apply(object) : value;
    }
}
