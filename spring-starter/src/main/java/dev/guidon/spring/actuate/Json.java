package dev.guidon.spring.actuate;

import dev.guidon.definition.FlagValue;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;

/** Values of flags as what the actuator writes and reads. */
final class Json {

    private Json() {}

    /** Reads a parameter. */
    static Map<String, @Nullable Object> object(String parameter, String json) {
        String allowed = parameter + ": found " + json + "; allowed: a JSON object, for example {\"country\": \"DE\"}";
        try {
            if (FlagFormat.readValue(json) instanceof FlagValue.Obj object) {
                return object(object);
            }
        } catch (FlagFormatException e) {
            throw new InvalidEndpointRequestException(allowed, allowed, e);
        }
        throw new InvalidEndpointRequestException(allowed, allowed);
    }

    static Map<String, @Nullable Object> object(FlagValue value) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (value instanceof FlagValue.Obj object) {
            object.fields().forEach((name, field) -> fields.put(name, value(field)));
        }
        return fields;
    }

    static @Nullable Object value(FlagValue value) {
        if (value instanceof FlagValue.Obj) {
            return object(value);
        } else if (value instanceof FlagValue.Array array) {
            List<@Nullable Object> values = new ArrayList<>();
            array.values().forEach(each -> values.add(value(each)));
            return values;
        } else if (value instanceof FlagValue.Number number) {
            return number.value();
        } else if (value instanceof FlagValue.Bool bool) {
            return bool.value();
        } else if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        return null;
    }
}
