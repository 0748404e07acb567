package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.FlagValue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Writes a value as the JSON that it is. */
final class FlagValueSerializer extends ValueSerializer<FlagValue> {

    @Override
    public void serialize(FlagValue value, JsonGenerator json, SerializationContext context) {
        if (value instanceof FlagValue.Obj object) {
            json.writeStartObject();
            object.fields().forEach((name, field) -> {
                json.writeName(name);
                serialize(field, json, context);
            });
            json.writeEndObject();
        } else if (value instanceof FlagValue.Array array) {
            json.writeStartArray();
            array.values().forEach(each -> serialize(each, json, context));
            json.writeEndArray();
        } else if (value instanceof FlagValue.Number number) {
            json.writeNumber(number.value());
        } else if (value instanceof FlagValue.Bool bool) {
            json.writeBoolean(bool.value());
        } else if (value instanceof FlagValue.Text text) {
            json.writeString(text.value());
        } else {
            json.writeNull();
        }
    }
}
