package dev.guidon.audit;

import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of an event. What is not as it must be is refused with an {@link IllegalArgumentException} that names the field. */
record EventFields(Map<String, FlagValue> fields) {

    EventFields(FlagValue data) {
        this(object(data));
    }

    private static Map<String, FlagValue> object(FlagValue data) {
        if (data instanceof FlagValue.Obj object) {
            return object.fields();
        }
        throw wrong("", data, "an object");
    }

    String text(String name) {
        String text = optionalText(name);
        if (text == null) {
            throw wrong(name, null, "a string");
        }
        return text;
    }

    @Nullable
    String optionalText(String name) {
        FlagValue value = value(name);
        if (value == null) {
            return null;
        }
        if (value instanceof FlagValue.Text text) {
            return text.value();
        }
        throw wrong(name, value, "a string");
    }

    long number(String name) {
        FlagValue value = value(name);
        if (value instanceof FlagValue.Number number) {
            try {
                return number.value().longValueExact();
            } catch (ArithmeticException e) {
                throw wrong(name, value, "an integer");
            }
        }
        throw wrong(name, value, "an integer");
    }

    Instant instant(String name) {
        String text = text(name);
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw wrong(name, FlagValue.of(text), "an instant (RFC 3339, UTC)");
        }
    }

    /** The fields of an object; null if there is none. */
    @Nullable
    EventFields inner(String name) {
        FlagValue value = value(name);
        return value == null ? null : new EventFields(value);
    }

    /** A field's value; null if it is absent or null. */
    @Nullable
    FlagValue value(String name) {
        FlagValue value = fields.get(name);
        return value instanceof FlagValue.Null ? null : value;
    }

    static IllegalArgumentException wrong(String name, @Nullable FlagValue found, String allowed) {
        return new IllegalArgumentException(Problem.at(name, found, allowed).toString());
    }
}
