package dev.guidon.evaluation;

import dev.guidon.definition.Attribute;
import dev.guidon.definition.Comparison;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Operator;
import dev.guidon.definition.Shown;
import java.util.List;
import java.util.stream.Collectors;

/** Conditions in words. */
final class Describe {

    private static final int SHOWN = 200;
    static final String HIDDEN = "(sensitive)";

    private Describe() {}

    /** The values of attributes that are sensitive, or a part of such or around one, are left out. */
    static String condition(Condition condition, List<Attribute> sensitive) {
        if (condition instanceof Condition.All) {
            return "all";
        } else if (condition instanceof Condition.Any) {
            return "any";
        } else if (condition instanceof Condition.Not) {
            return "not";
        } else if (condition instanceof Condition.IsTrue) {
            return "isTrue";
        } else if (condition instanceof Condition.InSegment in) {
            return "segment " + shortened(String.join(", ", in.segments()));
        } else if (condition instanceof Condition.FlagServes serves) {
            return "flag " + serves.flag() + " serves one of " + serves.variants();
        } else if (condition instanceof Condition.InBucket range) {
            return "bucket " + Shown.part(String.valueOf(range.assignment().salt())) + " from " + range.from() + " to "
                    + range.to();
        }
        Comparison comparison = (Comparison) condition;
        String values =
                comparison.values().stream().limit(20).map(Object::toString).collect(Collectors.joining(", "));
        boolean hidden = isHidden(comparison, sensitive);
        return attribute(comparison.attribute()) + " " + comparison.operator() + " "
                + (hidden ? HIDDEN : shortened(values))
                + (comparison.as() == null ? "" : " as " + comparison.as())
                + (comparison.ignoreCase() ? " ignoring case" : "")
                + (comparison.ifMissing() == null ? "" : ", if missing " + (hidden ? HIDDEN : comparison.ifMissing()));
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }

    /** Whether the values of a comparison are left out. The operand of {@code exists} tells nobody's data. */
    static boolean isHidden(Comparison comparison, List<Attribute> sensitive) {
        return comparison.operator() != Operator.EXISTS && isSensitive(comparison.attribute(), sensitive);
    }

    private static boolean isSensitive(Attribute attribute, List<Attribute> sensitive) {
        String name = dotted(attribute) + ".";
        return sensitive.stream()
                .map(each -> dotted(each) + ".")
                .anyMatch(each -> each.startsWith(name) || name.startsWith(each));
    }

    private static String dotted(Attribute attribute) {
        return attribute instanceof Attribute.Path path ? String.join(".", path.names()) : attribute(attribute);
    }

    private static String attribute(Attribute attribute) {
        return attribute instanceof Attribute.Path path
                ? String.join("/", path.names())
                : ((Attribute.Named) attribute).name();
    }
}
