package dev.guidon.spring.autoconfigure;

import dev.guidon.definition.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** A property, or what it leads to, cannot be as it is. {@link MisconfigurationFailureAnalyzer} tells people. */
final class MisconfiguredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String property;
    private final String found;
    private final String allowed;

    /**
     * A property that cannot be as it is.
     *
     * @param property its name
     * @param found what stands there; must not be secret
     * @param allowed what is allowed there, or what to do
     */
    MisconfiguredException(String property, Object found, String allowed) {
        this(property, found, allowed, null);
    }

    MisconfiguredException(String property, Object found, String allowed, @Nullable Throwable cause) {
        super(property + ": found " + found + "; allowed: " + allowed, cause);
        this.property = property;
        this.found = found.toString();
        this.allowed = allowed;
    }

    /**
     * What a builder has refused.
     *
     * @param prefix the prefix of the properties that the builder was given
     * @param refusal what it threw, with one problem a line
     */
    static MisconfiguredException of(String prefix, IllegalArgumentException refusal) {
        List<Problem> problems = Problem.of(refusal);
        Problem first = problems.get(0);
        if (problems.size() == 1 && !first.path().isEmpty()) {
            String name = prefix + "." + DataObjectPropertyName.toDashedForm(first.path());
            return new MisconfiguredException(name, first.found(), first.allowed(), refusal);
        }
        return new MisconfiguredException(
                prefix, "something that is refused:\n" + refusal.getMessage(), "what is said there", refusal);
    }

    String property() {
        return property;
    }

    String found() {
        return found;
    }

    String allowed() {
        return allowed;
    }
}
