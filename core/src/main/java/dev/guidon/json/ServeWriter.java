package dev.guidon.json;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Bucketing.Reduction;
import dev.guidon.definition.Bucketing.Take;
import dev.guidon.definition.Extra;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Percent;
import dev.guidon.definition.Rollout;
import dev.guidon.definition.Serve;
import java.util.List;

/** Writes what is served, to which share, by which bucketing. */
final class ServeWriter {

    private ServeWriter() {}

    static FlagValue serve(Serve serve) {
        if (serve instanceof Serve.Variant variant) {
            return FlagValue.of(variant.variant());
        }
        ObjectWriter fields = new ObjectWriter();
        if (serve instanceof Serve.WeightedSplit split) {
            List<FlagValue> shares =
                    split.shares().stream().map(ServeWriter::weight).toList();
            fields.put("split", new FlagValue.Array(shares))
                    .put("total", split.total(), Serve.WeightedSplit.sum(split.shares()));
            assignment(fields, split.assignment());
            return fields.with(split.extra());
        }
        Serve.RangeSplit split = (Serve.RangeSplit) serve;
        fields.put(
                "split",
                new FlagValue.Array(
                        split.shares().stream().map(ServeWriter::range).toList()));
        assignment(fields, split.assignment());
        return fields.with(split.extra());
    }

    private static FlagValue weight(Serve.Weight share) {
        return new ObjectWriter()
                .put("variant", share.variant(), null)
                .put("weight", share.weight(), null)
                .with(share.extra());
    }

    private static FlagValue range(Serve.Range share) {
        return new ObjectWriter()
                .put("variant", share.variant(), null)
                .put("from", percent(share.from()))
                .put("to", percent(share.to()))
                .with(share.extra());
    }

    static FlagValue rollout(Rollout rollout) {
        ObjectWriter fields = new ObjectWriter();
        if (rollout instanceof Rollout.Fixed fixed) {
            fields.put("percent", percent(fixed.percent()));
        } else {
            List<Rollout.Step> steps = ((Rollout.Ramp) rollout).steps();
            fields.put("ramp", steps.stream().map(ServeWriter::step).toList());
        }
        assignment(fields, rollout.assignment());
        return fields.with(rollout.extra());
    }

    private static FlagValue step(Rollout.Step step) {
        return new ObjectWriter()
                .put("at", step.at(), null)
                .put("percent", percent(step.percent()))
                .with(step.extra());
    }

    static FlagValue percent(Percent percent) {
        return new FlagValue.Number(percent.value());
    }

    /** All fields of an assignment but the salt of a bucket condition, which has a name of its own. */
    static void assignment(ObjectWriter fields, Assignment assignment) {
        by(fields, assignment);
        fields.put("whenMissing", assignment.whenMissing(), null).put("salt", assignment.salt(), null);
        bucketing(fields, assignment.bucketing());
    }

    static void by(ObjectWriter fields, Assignment assignment) {
        if (!assignment.by().equals(List.of(Attribute.KEY))) {
            fields.put("by", AttributeWriter.attributes(assignment.by()));
        }
        if (!assignment.fallback().isEmpty()) {
            fields.put("fallback", AttributeWriter.attributes(assignment.fallback()));
        }
    }

    static void bucketing(ObjectWriter fields, Bucketing bucketing) {
        Bucketing defaults = Bucketing.GUIDON;
        if (bucketing.equals(defaults)) {
            return;
        }
        ObjectWriter formula = new ObjectWriter()
                .put("hash", bucketing.hash(), defaults.hash())
                .put("rounds", bucketing.rounds(), defaults.rounds());
        if (bucketing.take() instanceof Take.Bytes bytes) {
            formula.put("bytes", bytes.count(), 4).put("endian", bytes.endian(), Take.Endian.BIG);
        } else {
            formula.put("hexDigits", bucketing.take().bits() / 4, null);
        }
        formula.put("seed", bucketing.seed(), defaults.seed());
        if (!bucketing.reduction().equals(defaults.reduction())) {
            formula.put("reduce", reduction(bucketing.reduction()));
        }
        formula.put("offset", bucketing.offset(), defaults.offset())
                .put("compare", bucketing.comparison(), defaults.comparison())
                .put("input", bucketing.input(), defaults.input());
        fields.put("bucketing", formula.with(bucketing.extra()));
    }

    private static FlagValue reduction(Reduction reduction) {
        ObjectWriter fields = new ObjectWriter();
        if (reduction instanceof Reduction.MultiplyShift shift) {
            fields.put("multiplyShift", shift.buckets(), null);
        } else if (reduction instanceof Reduction.Modulo modulo) {
            fields.put("modulo", modulo.buckets(), null);
        } else {
            fields.put("fraction", ((Reduction.Fraction) reduction).precision(), null);
        }
        return fields.with(Extra.NONE);
    }
}
