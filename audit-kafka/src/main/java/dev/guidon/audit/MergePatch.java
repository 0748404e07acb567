package dev.guidon.audit;

import dev.guidon.definition.FlagValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Merge Patch, RFC 7396. */
final class MergePatch {

    private MergePatch() {}

    /**
     * What makes one value into another.
     *
     * @return the patch; null if no merge patch does: it cannot set anything to null
     */
    static @Nullable FlagValue between(FlagValue before, FlagValue after) {
        FlagValue patch = diff(before, after);
        return apply(patch, before).equals(after) ? patch : null;
    }

    private static FlagValue diff(FlagValue before, FlagValue after) {
        if (!(before instanceof FlagValue.Obj from) || !(after instanceof FlagValue.Obj to)) {
            return after;
        }
        Map<String, FlagValue> patch = new LinkedHashMap<>();
        from.fields().keySet().stream()
                .filter(name -> !to.fields().containsKey(name))
                .forEach(name -> patch.put(name, FlagValue.NULL));
        to.fields().forEach((name, value) -> {
            FlagValue old = from.fields().get(name);
            if (!value.equals(old)) {
                patch.put(name, old == null ? value : diff(old, value));
            }
        });
        return new FlagValue.Obj(patch);
    }

    /** {@return what a patch makes of a value; RFC 7396, section 2} */
    static FlagValue apply(FlagValue patch, FlagValue target) {
        if (!(patch instanceof FlagValue.Obj changes)) {
            return patch;
        }
        Map<String, FlagValue> fields =
                target instanceof FlagValue.Obj object ? new LinkedHashMap<>(object.fields()) : new LinkedHashMap<>();
        changes.fields().forEach((name, value) -> {
            if (value instanceof FlagValue.Null) {
                fields.remove(name);
            } else {
                fields.put(name, apply(value, fields.getOrDefault(name, FlagValue.NULL)));
            }
        });
        return new FlagValue.Obj(fields);
    }
}
