package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Another flag that must be enabled and serve one of the listed variants. It is not met when that flag is missing or broken.
 *
 * @param flag the other flag's key
 * @param variants the variants that satisfy it; at least one
 * @param extra unknown fields
 */
public record Prerequisite(String flag, List<String> variants, Extra extra) {

    /** Copies and checks the variants. */
    public Prerequisite {
        variants = List.copyOf(variants);
        List<Problem> problems = new ArrayList<>();
        checkReference(flag, variants, problems);
        Problem.refuse(problems);
    }

    /**
     * A prerequisite without unknown fields.
     *
     * @param flag the other flag's key
     * @param variants the variants that satisfy it
     */
    public Prerequisite(String flag, List<String> variants) {
        this(flag, variants, Extra.NONE);
    }

    static void checkReference(String flag, List<String> variants, List<Problem> problems) {
        DefinitionKey.check("flag", flag, problems);
        if (variants.isEmpty()) {
            problems.add(new Problem("variants", "an empty list", "at least one variant"));
        }
        Limit.VARIANTS.check("variants", variants, problems);
    }
}
