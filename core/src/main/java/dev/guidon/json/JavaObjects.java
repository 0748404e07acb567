package dev.guidon.json;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JacksonException.Reference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

/** Makes objects of values. A text is no number here, and a fraction no integer: what does not fit is told, not bent. */
final class JavaObjects {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private JavaObjects() {}

    static <T> T make(FlagValue value, Class<T> type) {
        T made;
        try {
            made = MAPPER.convertValue(value.toJava(), type);
        } catch (JacksonException failure) {
            throw refusal(path(failure.getPath()), find(value, failure.getPath()), allowed(failure), failure);
        }
        if (made == null) {
            throw refusal("", value, nameOf(type), null);
        }
        return made;
    }

    private static IllegalArgumentException refusal(
            String path, @Nullable FlagValue found, String allowed, @Nullable Throwable cause) {
        String text = found == null ? "nothing" : found.toString();
        return new IllegalArgumentException(new Problem(path, text, allowed).toString(), cause);
    }

    private static String allowed(JacksonException failure) {
        Class<?> type = failure instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return type == null ? "what Java accepts: " + failure.getOriginalMessage() : nameOf(type);
    }

    private static String nameOf(Class<?> type) {
        Object[] constants = type.getEnumConstants();
        return constants == null
                ? type.getSimpleName()
                : "one of " + Arrays.stream(constants).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String path(List<Reference> path) {
        return path.stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static @Nullable FlagValue find(FlagValue value, List<Reference> path) {
        FlagValue found = value;
        for (Reference step : path) {
            if (found instanceof FlagValue.Obj object && step.getPropertyName() != null) {
                found = object.fields().get(step.getPropertyName());
            } else if (found instanceof FlagValue.Array array
                    && step.getIndex() >= 0
                    && step.getIndex() < array.values().size()) {
                found = array.values().get(step.getIndex());
            } else {
                return null;
            }
        }
        return found;
    }
}
