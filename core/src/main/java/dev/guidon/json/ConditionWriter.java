package dev.guidon.json;

import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Percent;
import java.util.List;

/** Writes conditions. */
final class ConditionWriter {

    private ConditionWriter() {}

    static FlagValue condition(Condition condition) {
        ObjectWriter fields = new ObjectWriter();
        if (condition instanceof Condition.All all) {
            fields.put("all", conditions(all.of()));
        } else if (condition instanceof Condition.Any any) {
            fields.put("any", conditions(any.of()));
        } else if (condition instanceof Condition.Not not) {
            fields.put("not", condition(not.of()));
        } else if (condition instanceof Condition.IsTrue isTrue) {
            fields.put("isTrue", condition(isTrue.of()));
        } else if (condition instanceof Condition.InSegment in) {
            fields.put("segment", oneOrMore(DefinitionWriter.texts(in.segments())));
        } else if (condition instanceof Condition.FlagServes serves) {
            fields.put("flag", serves.flag(), null).put("variants", DefinitionWriter.texts(serves.variants()));
        } else if (condition instanceof Condition.InBucket bucket) {
            bucket(fields, bucket);
        } else {
            comparison(fields, (Comparison) condition);
        }
        return fields.with(condition.extra());
    }

    private static FlagValue conditions(List<Condition> conditions) {
        return new FlagValue.Array(
                conditions.stream().map(ConditionWriter::condition).toList());
    }

    private static void bucket(ObjectWriter fields, Condition.InBucket bucket) {
        fields.put("bucket", bucket.assignment().salt(), null);
        if (!bucket.from().equals(Percent.ZERO)) {
            fields.put("from", ServeWriter.percent(bucket.from()));
        }
        if (!bucket.to().equals(Percent.HUNDRED)) {
            fields.put("to", ServeWriter.percent(bucket.to()));
        }
        ServeWriter.by(fields, bucket.assignment());
        ServeWriter.bucketing(fields, bucket.assignment().bucketing());
    }

    private static void comparison(ObjectWriter fields, Comparison comparison) {
        Operator operator = comparison.operator();
        List<FlagValue> values = comparison.values();
        fields.put("attribute", AttributeWriter.attribute(comparison.attribute()))
                .put(
                        operator.toString(),
                        ComparisonReader.TAKE_ANY_VALUES.contains(operator)
                                ? new FlagValue.Array(values)
                                : oneOrMore(values))
                .put("as", comparison.as(), null)
                .put("unit", comparison.unit(), null)
                .put("ignoreCase", comparison.ignoreCase(), false);
        if (comparison.lenient() == Leniency.PARTIAL) {
            fields.put("lenient", comparison.lenient(), null);
        } else {
            fields.put("lenient", comparison.lenient() == Leniency.FULL, false);
        }
        if (comparison.ifMissing() != null) {
            fields.put("ifMissing", comparison.ifMissing());
        }
    }

    private static FlagValue oneOrMore(List<FlagValue> values) {
        return values.size() == 1 ? values.get(0) : new FlagValue.Array(values);
    }
}
