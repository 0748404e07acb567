package dev.guidon.json;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.MemberList;
import dev.guidon.definition.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a segment. */
final class SegmentReader {

    private static final String EXTERNAL = "external";

    private static final Segment PLACEHOLDER = Segment.of("placeholder");

    private SegmentReader() {}

    static Segment read(String key, Fields fields) {
        String description = fields.at("description").text();
        List<Attribute> sensitive = AttributeReader.readSensitive(fields);
        String salt = fields.at("salt").text();
        List<MemberList> include = members(fields.at("include"));
        List<MemberList> exclude = members(fields.at("exclude"));
        Segment.External external = external(fields);
        List<Segment.Criterion> rules = fields.at("rules").list("a list of rules", SegmentReader::rule);
        Redaction.read(fields);
        Extra extra = fields.extra();
        return fields.report()
                .build(
                        Place.ROOT,
                        PLACEHOLDER,
                        () -> new Segment(key, description, sensitive, salt, include, exclude, external, rules, extra),
                        path -> path.equals("key") ? "" : path);
    }

    private static Segment.@Nullable External external(Fields fields) {
        Node members = fields.at("members");
        if (members.absent()) {
            return null;
        }
        if (!EXTERNAL.equals(members.text("external"))) {
            members.refuse(EXTERNAL);
        }
        String generation = fields.at("generation").text("the generation of the external members");
        Attribute by = AttributeReader.read(fields.at("by"), Attribute.KEY);
        return fields.report()
                .build(Place.ROOT, new Segment.External(by, "placeholder"), () -> new Segment.External(by, generation));
    }

    private static List<MemberList> members(Node node) {
        return node.isList()
                ? node.list("", SegmentReader::memberList)
                : node.absent() ? List.of() : List.of(memberList(node));
    }

    private static MemberList memberList(Node node) {
        Fields fields = node.object("an object: {by, values}, or a list of them");
        if (fields == null) {
            return MemberList.ofKeys();
        }
        Attribute by = AttributeReader.read(fields.at("by"), Attribute.KEY);
        Node list = fields.at("values");
        if (list.absent()) {
            list.refuse("a list of values");
        }
        List<FlagValue> values = list.list("a list of values", value -> value.any("a value"));
        Extra extra = fields.extra();
        return node.build(MemberList.ofKeys(), () -> new MemberList(by, values, extra));
    }

    private static Segment.Criterion rule(Node node) {
        Segment.Criterion placeholder = new Segment.Criterion(null, null, null, Extra.NONE);
        Fields fields = node.object("an object: a rule");
        if (fields == null) {
            return placeholder;
        }
        String id = fields.at("id").text();
        var when = ConditionReader.readOptional(fields.at("when"));
        var rollout = RolloutReader.readOptional(fields.at("rollout"));
        Extra extra = fields.extra();
        Segment.Criterion core = node.build(placeholder, () -> new Segment.Criterion(id, null, null, Extra.NONE));
        return node.build(core, () -> new Segment.Criterion(id, when, rollout, extra));
    }
}
