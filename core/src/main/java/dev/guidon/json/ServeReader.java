package dev.guidon.json;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Limit;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Serve;
import java.util.List;
import java.util.stream.Stream;

/** Reads what is served: a variant or a split. */
final class ServeReader {

    private static final Serve PLACEHOLDER = new Serve.Variant(Report.PLACEHOLDER);
    private static final String ALLOWED = "a variant's name, or an object with split";
    private static final String SPLIT = "a list of {variant, weight} or of {variant, from, to}";

    private ServeReader() {}

    static Serve read(Node node) {
        if (node.isText()) {
            String variant = node.text(ALLOWED);
            return node.build(PLACEHOLDER, () -> new Serve.Variant(variant));
        }
        Fields fields = node.object(ALLOWED);
        return fields == null ? PLACEHOLDER : split(node, fields);
    }

    private static Serve split(Node node, Fields fields) {
        Node split = fields.at("split");
        List<Node> shares = split.list(SPLIT);
        Assignment assignment = AssignmentReader.read(node, fields, "salt");
        boolean weights = shares.stream().anyMatch(share -> share.hasField("weight"));
        boolean ranges = shares.stream().anyMatch(share -> share.hasField("from") || share.hasField("to"));
        if (split.absent()) {
            split.refuse(SPLIT);
            return PLACEHOLDER;
        }
        if (weights && ranges) {
            node.report().add(new Problem(split.path(), "shares by weight and by range", SPLIT + ", not both"));
            return PLACEHOLDER;
        }
        if (ranges) {
            List<Serve.Range> list = shares.stream().map(ServeReader::range).toList();
            Extra extra = fields.extra();
            return node.build(
                    placeholder(list.stream().map(Serve.Range::variant)),
                    () -> new Serve.RangeSplit(list, assignment, extra));
        }
        List<Serve.Weight> list = shares.stream().map(ServeReader::weight).toList();
        long total = fields.at("total").integer(Serve.WeightedSplit.sum(list));
        Extra extra = fields.extra();
        boolean failed = node.report().failed(split.place());
        return node.build(
                placeholder(list.stream().map(Serve.Weight::variant)),
                () -> new Serve.WeightedSplit(list, total, assignment, extra),
                path -> failed && path.equals("split") ? null : path);
    }

    /** Something valid that names the same variants, so that they can still be looked up. */
    private static Serve placeholder(Stream<String> variants) {
        List<Serve.Range> shares = variants.distinct()
                .limit(Limit.SHARES.most())
                .map(variant -> new Serve.Range(variant, Percent.ZERO, Percent.HUNDRED, Extra.NONE))
                .toList();
        return shares.isEmpty() ? PLACEHOLDER : new Serve.RangeSplit(shares, Assignment.BY_KEY, Extra.NONE);
    }

    private static Serve.Weight weight(Node node) {
        Serve.Weight placeholder = new Serve.Weight(Report.PLACEHOLDER, 0);
        Fields fields = node.object("an object: {variant, weight}");
        if (fields == null) {
            return placeholder;
        }
        String variant = fields.at("variant").text("a variant's name");
        long weight = fields.at("weight").integer("an integer from 0 to " + Serve.MOST_WEIGHT);
        Extra extra = fields.extra();
        return node.build(placeholder, () -> new Serve.Weight(variant, weight, extra));
    }

    private static Serve.Range range(Node node) {
        Serve.Range placeholder = new Serve.Range(Report.PLACEHOLDER, Percent.ZERO, Percent.HUNDRED, Extra.NONE);
        Fields fields = node.object("an object: {variant, from, to}");
        if (fields == null) {
            return placeholder;
        }
        String variant = fields.at("variant").text("a variant's name");
        Percent from = RolloutReader.percent(fields.at("from"), Percent.ZERO);
        Percent to = RolloutReader.percent(fields.at("to"), Percent.HUNDRED);
        Extra extra = fields.extra();
        return node.build(placeholder, () -> new Serve.Range(variant, from, to, extra));
    }
}
