package dev.guidon.migrate;

import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Attribute;
import dev.guidon.definition.Bucketing;
import java.util.List;

/** Puts other systems' salts into assignments. */
final class Assignments {

    private static final String SALT = "{salt}";

    private Assignments() {}

    /**
     * An assignment by a formula whose template has {@code {salt}}. A salt that Guidon does not allow as one, since it has a colon or is
     * empty, becomes a part of the template.
     */
    static Assignment salted(
            List<Attribute> by, List<Attribute> fallback, WhenMissing whenMissing, String salt, Bucketing formula) {
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
        return new Assignment(by, fallback, whenMissing, null, literal);
    }

    /** Text as it stands in a template for itself. */
    static String literal(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }
}
