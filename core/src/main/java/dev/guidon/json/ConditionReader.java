package dev.guidon.json;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads conditions, but for {@link ComparisonReader comparisons}. */
final class ConditionReader {

    static final Condition PLACEHOLDER = new Condition.All(List.of(), Extra.NONE);

    private static final List<String> KINDS =
            List.of("all", "any", "not", "isTrue", "segment", "flag", "bucket", "attribute");
    private static final String ALLOWED = "exactly one of " + String.join(", ", KINDS);

    private ConditionReader() {}

    static @Nullable Condition readOptional(Node node) {
        return node.absent() ? null : read(node, 1);
    }

    private static Condition read(Node node, int level) {
        Fields fields = node.object("an object: a condition with " + ALLOWED);
        if (fields == null) {
            return PLACEHOLDER;
        }
        List<String> kinds = fields.present(KINDS);
        if (kinds.size() != 1) {
            fields.refuse(ALLOWED);
            return PLACEHOLDER;
        }
        String kind = kinds.get(0);
        return switch (kind) {
            case "all", "any" -> several(node, fields, kind, level);
            case "not", "isTrue" -> one(fields, kind, level);
            case "segment" -> segment(node, fields);
            case "flag" -> flag(node, fields);
            case "bucket" -> bucket(node, fields);
            default -> ComparisonReader.read(node, fields);
        };
    }

    private static Condition several(Node node, Fields fields, String kind, int level) {
        List<Node> nodes = fields.at(kind).list("a list of conditions");
        if (!nodes.isEmpty() && tooDeep(nodes.get(0), level)) {
            return PLACEHOLDER;
        }
        List<Condition> of = nodes.stream().map(each -> read(each, level + 1)).toList();
        Extra extra = fields.extra();
        return node.build(
                PLACEHOLDER, () -> kind.equals("all") ? new Condition.All(of, extra) : new Condition.Any(of, extra));
    }

    private static Condition one(Fields fields, String kind, int level) {
        Node nested = fields.at(kind);
        if (tooDeep(nested, level)) {
            return PLACEHOLDER;
        }
        Condition of = read(nested, level + 1);
        Extra extra = fields.extra();
        return kind.equals("not") ? new Condition.Not(of, extra) : new Condition.IsTrue(of, extra);
    }

    private static boolean tooDeep(Node nested, int level) {
        boolean tooDeep = level == Limit.CONDITION_DEPTH.most();
        if (tooDeep) {
            nested.report().add(new Problem(nested.path(), (level + 1) + " or more", Limit.CONDITION_DEPTH.text()));
        }
        return tooDeep;
    }

    private static Condition segment(Node node, Fields fields) {
        Node keys = fields.at("segment");
        List<String> segments = keys.isList() ? keys.texts() : List.of(keys.text("a segment's key, or a list of them"));
        Extra extra = fields.extra();
        return node.build(
                PLACEHOLDER, () -> new Condition.InSegment(segments, extra), path -> keys.isList() ? path : "segment");
    }

    private static Condition flag(Node node, Fields fields) {
        String flag = fields.at("flag").text("a flag's key");
        List<String> variants = fields.at("variants").texts();
        Extra extra = fields.extra();
        return node.build(PLACEHOLDER, () -> new Condition.FlagServes(flag, variants, extra));
    }

    private static Condition bucket(Node node, Fields fields) {
        Node from = fields.at("from");
        Node to = fields.at("to");
        Percent first = from.absent() ? Percent.ZERO : RolloutReader.percent(from, Percent.ZERO);
        Percent last = to.absent() ? Percent.HUNDRED : RolloutReader.percent(to, Percent.HUNDRED);
        Assignment assignment = AssignmentReader.read(node, fields, "bucket");
        Extra extra = fields.extra();
        return node.build(PLACEHOLDER, () -> new Condition.InBucket(first, last, assignment, extra));
    }
}
