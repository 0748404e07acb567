package dev.guidon.openfeature.gherkin;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.json.FlagFormat;
import dev.openfeature.sdk.ImmutableMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The flags of the specification's scenarios, made into Guidon's. */
final class SpecificationFlags {

    /** Where a flag keeps the metadata that the scenarios give it: a field that Guidon does not know, and keeps. */
    private static final String METADATA = "metadata";

    private static final Pattern EMAIL = Pattern.compile("email == '([^']*)' \\? '([^']*)' : ''");
    private static final Pattern INTERNAL =
            Pattern.compile("!customer && email == '([^']*)' && age > (\\d+) \\? '([^']*)' : ''");

    /** Named by a scenario of evaluation.feature, and not in the file of flags: the rule is the scenario's own words. */
    private static final String CONTEXT_AWARE = """
            {"type": "string",
             "enabled": true,
             "variants": {"internal": "INTERNAL", "external": "EXTERNAL"},
             "rules": [{"when": {"all": [
                 {"attribute": "fn", "equals": "Sulisław"},
                 {"attribute": "ln", "equals": "Świętopełk"},
                 {"attribute": "age", "equals": 29},
                 {"attribute": "customer", "equals": false}]}, "serve": "internal"}],
             "fallthrough": "external"}""";

    private static final JsonMapper JSON = new JsonMapper();

    private SpecificationFlags() {}

    static Definitions read(Path file) throws IOException {
        ObjectNode flags = JSON.createObjectNode();
        JSON.readTree(Files.readString(file))
                .properties()
                .forEach(flag -> flags.set(flag.getKey(), flag(flag.getValue())));
        flags.set("context-aware", JSON.readTree(CONTEXT_AWARE));
        return FlagFormat.readJson(JSON.createObjectNode().set("flags", flags).toString());
    }

    private static ObjectNode flag(JsonNode from) {
        ObjectNode flag = JSON.createObjectNode();
        flag.put("type", type(from.get("variants").iterator().next()));
        flag.put("enabled", !from.path("disabled").asBoolean(false));
        flag.set("variants", from.get("variants"));
        if (from.path("defaultVariant").isString()) {
            flag.set("fallthrough", from.get("defaultVariant"));
        }
        if (from.has("contextEvaluator")) {
            flag.putArray("rules").add(rule(from.get("contextEvaluator").asString()));
        }
        if (from.path("flagMetadata").isObject()) {
            flag.set(METADATA, from.get("flagMetadata"));
        }
        return flag;
    }

    private static String type(JsonNode value) {
        return value.isBoolean() ? "boolean" : value.isString() ? "string" : value.isNumber() ? "number" : "json";
    }

    /** The two shapes of expressions that there are; any other is refused. */
    static ObjectNode rule(String expression) {
        ObjectNode rule = JSON.createObjectNode();
        Matcher email = EMAIL.matcher(expression);
        if (email.matches()) {
            rule.putObject("when").put("attribute", "email").put("equals", email.group(1));
            return rule.put("serve", email.group(2));
        }
        Matcher internal = INTERNAL.matcher(expression);
        if (internal.matches()) {
            var all = rule.putObject("when").putArray("all");
            all.addObject().put("attribute", "customer").put("equals", false);
            all.addObject().put("attribute", "email").put("equals", internal.group(1));
            all.addObject().put("attribute", "age").put("greaterThan", Integer.parseInt(internal.group(2)));
            return rule.put("serve", internal.group(3));
        }
        throw new IllegalArgumentException("an expression of another shape: " + expression);
    }

    /** The metadata that the scenarios give a flag, and nothing else. */
    static ImmutableMetadata metadata(Flag flag, Revision revision) {
        ImmutableMetadata.ImmutableMetadataBuilder metadata = ImmutableMetadata.builder();
        if (flag.extra().fields().get(METADATA) instanceof FlagValue.Obj given) {
            for (Map.Entry<String, FlagValue> field : given.fields().entrySet()) {
                String name = field.getKey();
                if (field.getValue() instanceof FlagValue.Text text) {
                    metadata.addString(name, text.value());
                } else if (field.getValue() instanceof FlagValue.Bool bool) {
                    metadata.addBoolean(name, bool.value());
                } else if (field.getValue() instanceof FlagValue.Number number
                        && number.value().scale() <= 0) {
                    metadata.addInteger(name, number.value().intValueExact());
                } else if (field.getValue() instanceof FlagValue.Number number) {
                    metadata.addDouble(name, number.value().doubleValue());
                }
            }
        }
        return metadata.build();
    }
}
