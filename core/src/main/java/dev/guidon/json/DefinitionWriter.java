package dev.guidon.json;

import dev.guidon.definition.Definition;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Malformed;
import dev.guidon.definition.MemberList;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Segment;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes flags and segments in their canonical form: in the order of the reference, without defaults. */
final class DefinitionWriter {

    private DefinitionWriter() {}

    /** The compact JSON of a definition; of a malformed one whatever text it has. */
    static String write(Definition definition) {
        return definition instanceof Malformed malformed ? malformed.raw() : JsonText.write(tree(definition));
    }

    /** The fields of a flag or a segment. */
    static FlagValue.Obj tree(Definition definition) {
        return definition instanceof Flag flag ? flag(flag) : segment((Segment) definition);
    }

    private static FlagValue.Obj flag(Flag flag) {
        boolean standard = flag.type() == FlagType.BOOLEAN
                && List.copyOf(flag.variants().entrySet())
                        .equals(List.copyOf(Flag.defaultVariants().entrySet()));
        ObjectWriter fields = new ObjectWriter()
                .put("type", flag.type(), FlagType.BOOLEAN)
                .put("kind", flag.about().kind(), null)
                .put("description", flag.about().description(), null)
                .put("owner", flag.about().owner(), null)
                .put("tags", texts(flag.about().tags()))
                .put("expires", flag.about().expires(), null);
        AttributeWriter.putSensitive(fields, flag.about().sensitive());
        fields.put("enabled", flag.enabled(), null).put("archived", flag.archived(), false);
        if (!standard && !flag.variants().isEmpty()) {
            fields.put("variants", new FlagValue.Obj(flag.variants()));
        }
        if (!flag.errors().isEmpty()) {
            Map<String, FlagValue> errors = new LinkedHashMap<>();
            flag.errors().forEach((name, message) -> errors.put(name, FlagValue.of(message)));
            fields.put("errors", new FlagValue.Obj(errors));
        }
        boolean omitted = flag.type() == FlagType.BOOLEAN && flag.variants().equals(Flag.defaultVariants());
        fields.put("offVariant", flag.offVariant(), omitted ? Flag.OFF : null)
                .put("salt", flag.salt(), null)
                .put(
                        "prerequisites",
                        flag.prerequisites().stream()
                                .map(DefinitionWriter::prerequisite)
                                .toList())
                .put("rules", flag.rules().stream().map(DefinitionWriter::rule).toList());
        Serve last = flag.fallthrough();
        Serve absent = Serve.variant(flag.rules().isEmpty() ? Flag.ON : Flag.OFF);
        if (last != null && !(omitted && last.equals(absent))) {
            fields.put("fallthrough", ServeWriter.serve(last));
        }
        return fields.with(flag.extra());
    }

    private static FlagValue prerequisite(Prerequisite prerequisite) {
        return new ObjectWriter()
                .put("flag", prerequisite.flag(), null)
                .put("variants", texts(prerequisite.variants()))
                .with(prerequisite.extra());
    }

    private static FlagValue rule(Rule rule) {
        ObjectWriter fields =
                new ObjectWriter().put("id", rule.id(), null).put("description", rule.description(), null);
        if (rule.when() != null) {
            fields.put("when", ConditionWriter.condition(rule.when()));
        }
        if (rule.rollout() != null) {
            fields.put("rollout", ServeWriter.rollout(rule.rollout()));
        }
        return fields.put("serve", ServeWriter.serve(rule.serve())).with(rule.extra());
    }

    private static FlagValue.Obj segment(Segment segment) {
        ObjectWriter fields = new ObjectWriter().put("description", segment.description(), null);
        AttributeWriter.putSensitive(fields, segment.sensitive());
        fields.put("salt", segment.salt(), null);
        members(fields, "include", segment.include());
        members(fields, "exclude", segment.exclude());
        Segment.External external = segment.external();
        if (external != null) {
            fields.put("members", "external", null).put("generation", external.generation(), null);
            AttributeWriter.put(fields, external.by());
        }
        return fields.put(
                        "rules",
                        segment.rules().stream()
                                .map(DefinitionWriter::criterion)
                                .toList())
                .with(segment.extra());
    }

    private static void members(ObjectWriter fields, String name, List<MemberList> lists) {
        List<FlagValue> values = new ArrayList<>();
        for (MemberList list : lists) {
            ObjectWriter member = new ObjectWriter();
            AttributeWriter.put(member, list.by());
            values.add(member.put("values", new FlagValue.Array(list.values())).with(list.extra()));
        }
        if (values.size() == 1) {
            fields.put(name, values.get(0));
        } else {
            fields.put(name, values);
        }
    }

    private static FlagValue criterion(Segment.Criterion rule) {
        ObjectWriter fields = new ObjectWriter().put("id", rule.id(), null);
        if (rule.when() != null) {
            fields.put("when", ConditionWriter.condition(rule.when()));
        }
        if (rule.rollout() != null) {
            fields.put("rollout", ServeWriter.rollout(rule.rollout()));
        }
        return fields.with(rule.extra());
    }

    static List<FlagValue> texts(List<String> texts) {
        return texts.stream().map(FlagValue::of).toList();
    }
}
