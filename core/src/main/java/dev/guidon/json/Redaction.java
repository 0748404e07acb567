package dev.guidon.json;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Segment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes definitions without the values that they compare sensitive attributes with, and knows such copies when they are read. */
final class Redaction {

    private static final String FIELD = "redacted";
    private static final String ALL_LEFT_OUT = "{\"" + FIELD + "\":true}";
    private static final String ALLOWED = "nothing: sensitive values were left out of this copy, so that it cannot be"
            + " evaluated; take the definition from the store that it was copied from";

    private static final FlagValue NOTHING = new FlagValue.Array(List.of());
    private static final Map<String, Operator> OPERATORS =
            Arrays.stream(Operator.values()).collect(Collectors.toMap(Operator::toString, operator -> operator));
    /** What stands in a comparison besides the values; all else that this version does not know may hold some. */
    private static final Set<String> OPTIONS = Set.of("attribute", "as", "unit", "ignoreCase", "lenient");

    private final List<String> sensitive;
    private boolean leftOut;

    private Redaction(List<Attribute> sensitive) {
        this.sensitive = sensitive.stream().map(Redaction::dotted).toList();
    }

    /** Takes down that a definition cannot be read because values were left out of it; false if none were. */
    static boolean refused(Node definition) {
        if (!(definition.value() instanceof FlagValue.Obj object)
                || !FlagValue.TRUE.equals(object.fields().get(FIELD))) {
            return false;
        }
        String path = definition.place().field(FIELD).toString();
        definition.report().add(new Problem(path, "true", ALLOWED));
        return true;
    }

    /** Reads the field of a definition that is not refused. */
    static void read(Fields fields) {
        Node redacted = fields.at(FIELD);
        if (!redacted.absent() && !FlagValue.FALSE.equals(redacted.value())) {
            redacted.refuse("false, or nothing");
        }
    }

    /** The JSON of a definition without its sensitive values. */
    static String write(Definition definition) {
        return definition instanceof Malformed malformed ? malformed(malformed) : write(definition, false);
    }

    private static String write(Definition definition, boolean copy) {
        String whole = FlagFormat.write(definition);
        Redaction redaction = new Redaction(
                definition instanceof Flag flag ? flag.about().sensitive() : ((Segment) definition).sensitive());
        if (redaction.sensitive.isEmpty() && !copy) {
            return whole;
        }
        FlagValue.Obj redacted = DefinitionTree.map(
                definition.id(), DefinitionWriter.tree(definition), redaction::comparison, redaction::members);
        if (!redaction.leftOut && !copy) {
            return whole;
        }
        Map<String, FlagValue> fields = new LinkedHashMap<>(redacted.fields());
        fields.put(FIELD, FlagValue.TRUE);
        return JsonText.write(new FlagValue.Obj(fields));
    }

    /** The text as it is, if nothing in it is said to be sensitive; a copy is redacted again, for it need not be one of ours. */
    private static String malformed(Malformed malformed) {
        String raw = malformed.raw();
        if (!(JsonText.valueOf(raw) instanceof FlagValue.Obj tree)) {
            return raw.contains("sensitive") ? ALL_LEFT_OUT : raw;
        }
        if (tree.fields().getOrDefault("sensitive", FlagValue.NULL) instanceof FlagValue.Null) {
            return raw;
        }
        if (FlagValue.TRUE.equals(tree.fields().get(FIELD))) {
            Map<String, FlagValue> fields =
                    new LinkedHashMap<>(DefinitionTree.map(malformed.id(), tree, Redaction::filled, list -> list)
                            .fields());
            fields.remove(FIELD);
            String json = JsonText.write(new FlagValue.Obj(fields));
            Definition filled = DefinitionReader.read(malformed.id(), json, new Report());
            return filled instanceof Malformed ? ALL_LEFT_OUT : write(filled, true);
        }
        return ALL_LEFT_OUT;
    }

    private FlagValue.Obj comparison(FlagValue.Obj comparison) {
        if (!isSensitive(comparison.fields().getOrDefault("attribute", NOTHING))) {
            return comparison;
        }
        Map<String, FlagValue> kept = new LinkedHashMap<>();
        comparison.fields().forEach((name, value) -> {
            Operator operator = OPERATORS.get(name);
            if (operator != null) {
                kept.put(name, operator == Operator.EXISTS ? value : NOTHING);
            } else if (OPTIONS.contains(name)) {
                kept.put(name, value);
            }
        });
        return told(comparison, kept);
    }

    private FlagValue.Obj members(FlagValue.Obj list) {
        FlagValue by = list.fields().getOrDefault("by", AttributeWriter.attribute(Attribute.KEY));
        if (!isSensitive(by)) {
            return list;
        }
        Map<String, FlagValue> kept = new LinkedHashMap<>(list.fields());
        kept.keySet().retainAll(Set.of("by", "values"));
        kept.put("values", NOTHING);
        return told(list, kept);
    }

    private FlagValue.Obj told(FlagValue.Obj before, Map<String, FlagValue> kept) {
        leftOut |= !before.fields().equals(kept);
        return new FlagValue.Obj(kept);
    }

    /** Whether it is a sensitive attribute, a part of one, or one that such an attribute is a part of. */
    private boolean isSensitive(FlagValue attribute) {
        String name = attribute instanceof FlagValue.Array path
                ? path.values().stream().map(Redaction::text).collect(Collectors.joining("."))
                : text(attribute);
        return sensitive.stream()
                .anyMatch(each -> (each + ".").startsWith(name + ".") || (name + ".").startsWith(each + "."));
    }

    private static String dotted(Attribute attribute) {
        return attribute instanceof Attribute.Named named
                ? named.name()
                : String.join(".", ((Attribute.Path) attribute).names());
    }

    private static String text(FlagValue value) {
        return value instanceof FlagValue.Text text ? text.value() : "";
    }

    /** A comparison of a copy with something in place of the values, where an operator cannot do without. */
    private static FlagValue.Obj filled(FlagValue.Obj comparison) {
        Map<String, FlagValue> fields = new LinkedHashMap<>(comparison.fields());
        String as = text(fields.getOrDefault("as", FlagValue.NULL));
        fields.replaceAll((name, value) -> {
            Operator operator = OPERATORS.get(name);
            if (operator == null || operator.takesList() || operator == Operator.EQUALS || !value.equals(NOTHING)) {
                return value;
            }
            boolean text = operator == Operator.BEFORE || operator == Operator.AFTER || as.equals("instant");
            return text || as.equals("semver") ? FlagValue.of("?") : FlagValue.of(0);
        });
        return new FlagValue.Obj(fields);
    }
}
