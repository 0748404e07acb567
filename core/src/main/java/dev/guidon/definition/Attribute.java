package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Says which attribute of the evaluation context is meant, and makes conditions about it.
 *
 * <pre>{@code
 * Attribute country = Attribute.of("country");
 * Condition grownUp = Attribute.of("age").atLeast(18).as(Conversion.NUMBER);
 * Condition all = country.in("DE", "FR").and(grownUp);
 * }</pre>
 *
 * <p>Each operator of the format has a method of its name; {@code equals} is {@link #equalTo}. What is refused by the format is refused with
 * an {@link IllegalArgumentException}.
 */
public sealed interface Attribute extends Operators {

    /** The targeting key. */
    Attribute KEY = new Named("$key");
    /** The instant of the evaluation. */
    Attribute NOW = new Named("$now");

    /**
     * An attribute by name: {@code $key} and {@code $now}, else the top-level attribute of exactly this name, else, if the
     * name has dots, a path into nested objects.
     *
     * @param name the name; other names that start with {@code $} are reserved and refused (a {@link Path} reaches them)
     */
    record Named(String name) implements Attribute {
        /** Checks the name. */
        public Named {
            List<Problem> problems = new ArrayList<>();
            if (name.startsWith("$") && !name.equals("$key") && !name.equals("$now")) {
                problems.add(
                        Problem.at("", name, "$key, $now, or a name without a leading $ (a list is a path verbatim)"));
            }
            DefinitionKey.checkName("", name, problems);
            Problem.refuse(problems);
        }
    }

    /**
     * An attribute by its path, verbatim: the first name is a top-level attribute, each further one a field of a nested
     * object.
     *
     * @param names the names from the outside in; at least one
     */
    record Path(List<String> names) implements Attribute {
        /** Copies and checks the names. */
        public Path {
            names = List.copyOf(names);
            List<Problem> problems = new ArrayList<>();
            if (names.isEmpty()) {
                problems.add(new Problem("", "an empty list", "at least one name"));
            }
            Limit.PATH.check("", names, problems);
            for (int i = 0; i < names.size(); i++) {
                DefinitionKey.checkName("[" + i + "]", names.get(i), problems);
            }
            Problem.refuse(problems);
        }
    }

    /**
     * An attribute by name.
     *
     * @param name see {@link Named}
     * @return the attribute
     */
    static Attribute of(String name) {
        return new Named(name);
    }

    /**
     * An attribute of a nested object.
     *
     * @param names see {@link Path}
     * @return the attribute
     */
    static Attribute path(String... names) {
        return new Path(List.of(names));
    }
}
