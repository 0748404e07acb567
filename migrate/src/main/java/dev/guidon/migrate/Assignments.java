package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import dev.guidon.definition.Percent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts other systems' salts into assignments. */
final class Assignments {

    private static final String SALT = "{salt}";
    /** Stands where a salt is required that the template does not use. */
    static final String NO_SALT = "-";

    private Assignments() {}

    /**
     * An assignment by a formula whose template has {@code {salt}}. A salt that Guidon does not allow as one, since it has a colon or is
     * empty, becomes a part of the template.
     */
    static Assignment salted(
            List<Attribute> by,
            List<Attribute> fallback,
            @Nullable WhenMissing whenMissing,
            String salt,
            Bucketing formula) {
        if (!salt.isEmpty() && salt.indexOf(':') < 0) {
            return new Assignment(by, fallback, whenMissing, salt, formula);
        }
        Bucketing literal = new Bucketing(
                formula.hash(),
                formula.rounds(),
                formula.take(),
                formula.seed(),
                formula.reduction(),
                formula.offset(),
                formula.comparison(),
                formula.input().replace(SALT, literal(salt)),
                formula.extra());
        return new Assignment(by, fallback, whenMissing, NO_SALT, literal);
    }

    /** Text as it stands in a template for itself. */
    static String literal(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }

    /** The percentage below which there are exactly so many of all buckets; of up to 100,000 there always is one. */
    static Percent below(long bucket, long buckets, Node node) {
        long whole = Percent.HUNDRED.thousandths();
        long thousandths = bucket * whole / buckets;
        if (-Math.floorDiv(-thousandths * buckets, whole) != bucket) {
            node.problem("bounds that are thousandths of a percent of " + buckets);
        }
        return new Percent((int) thousandths);
    }
}
