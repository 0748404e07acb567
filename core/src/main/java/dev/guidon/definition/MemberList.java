package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contexts that are listed one by one: those whose attribute equals one of the values. A missing attribute is not listed.
 *
 * @param by the attribute, usually {@code $key}
 * @param values the values, compared like {@link Operator#EQUALS}
 * @param extra unknown fields
 */
public record MemberList(Attribute by, List<FlagValue> values, Extra extra) {

    /** Copies and checks the values. */
    public MemberList {
        values = List.copyOf(values);
        List<Problem> problems = new ArrayList<>();
        Limit.VALUES.check("values", values, problems);
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof FlagValue.Null) {
                problems.add(Problem.at("values[" + i + "]", values.get(i), "a value"));
            }
        }
        Problem.refuse(problems);
    }

    /**
     * Lists values of an attribute.
     *
     * @param by the attribute
     * @param values its values
     * @return the list
     */
    public static MemberList of(Attribute by, String... values) {
        return new MemberList(by, Stream.of(values).map(FlagValue::of).toList(), Extra.NONE);
    }

    /**
     * Lists targeting keys.
     *
     * @param keys the targeting keys
     * @return the list
     */
    public static MemberList ofKeys(String... keys) {
        return of(Attribute.KEY, keys);
    }
}
