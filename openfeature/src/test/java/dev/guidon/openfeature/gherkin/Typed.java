package dev.guidon.openfeature.gherkin;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.FlagEvaluationOptions;
import dev.openfeature.sdk.Value;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Values and evaluations of the types that the scenarios name. */
final class Typed {

    private static final JsonMapper JSON = new JsonMapper();

    private Typed() {}

    static Object value(String type, String text) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "boolean" -> Boolean.parseBoolean(text);
            case "string" -> text;
            case "integer" -> Integer.parseInt(text);
            case "float" -> Double.parseDouble(text);
            case "object" -> object(text);
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** Read by Jackson, not by what is tested. */
    private static Value object(String json) {
        return Value.objectToValue(JSON.readValue(json, Map.class));
    }

    /** Structures are equal only to those of their own class, so their contents are compared. */
    static Object comparable(Object value) {
        return value instanceof Value object && object.isStructure()
                ? object.asStructure().asObjectMap()
                : value;
    }

    static FlagEvaluationDetails<?> evaluate(
            Client client,
            String type,
            String key,
            String fallback,
            EvaluationContext context,
            FlagEvaluationOptions options) {
        Object value = value(type, fallback);
        return switch (type) {
            case "boolean" -> client.getBooleanDetails(key, (Boolean) value, context, options);
            case "string" -> client.getStringDetails(key, (String) value, context, options);
            case "integer" -> client.getIntegerDetails(key, (Integer) value, context, options);
            case "float" -> client.getDoubleDetails(key, (Double) value, context, options);
            case "object" -> client.getObjectDetails(key, (Value) value, context, options);
            default -> throw new IllegalArgumentException(type);
        };
    }
}
