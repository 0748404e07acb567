package dev.guidon.json;

import static java.util.Map.entry;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Guesses what a field was meant to be that nobody knows. */
final class Suggestion {

    private static final int LONGEST = 40;

    /** What other systems, and people, call our fields, in lower case and letters only. */
    private static final Map<String, Set<String>> SYNONYMS = Map.ofEntries(
            entry("all", Set.of("and", "allof")),
            entry("any", Set.of("or", "anyof")),
            entry("atLeast", Set.of("gte", "numgte", "greaterthanorequal")),
            entry("atMost", Set.of("lte", "numlte", "lessthanorequal")),
            entry("after", Set.of("dateafter")),
            entry("attribute", Set.of("contextname", "property", "key", "var")),
            entry("before", Set.of("datebefore")),
            entry("bucketing", Set.of("hash", "hashversion")),
            entry("by", Set.of("bucketby", "hashattribute", "stickiness")),
            entry("contains", Set.of("strcontains")),
            entry("endsWith", Set.of("strendswith")),
            entry("enabled", Set.of("on", "state", "active", "isenabled")),
            entry("equals", Set.of("eq", "is", "numeq", "value")),
            entry("exclude", Set.of("excluded")),
            entry("expires", Set.of("expiry", "expireson", "deadline")),
            entry(
                    "fallthrough",
                    Set.of("default", "defaultrule", "defaultvalue", "defaultvariant", "otherwise", "serve", "split")),
            entry("greaterThan", Set.of("gt", "numgt")),
            entry("ifMissing", Set.of("default", "defaultvalue")),
            entry("ignoreCase", Set.of("caseinsensitive")),
            entry("in", Set.of("oneof", "values")),
            entry("include", Set.of("users", "included", "keys", "targets", "values", "members")),
            entry("lessThan", Set.of("lt", "numlt")),
            entry("matches", Set.of("regex", "regexp", "pattern")),
            entry("offVariant", Set.of("offvariation", "offvalue")),
            entry("percent", Set.of("percentage", "rollout", "value", "weight")),
            entry("prerequisites", Set.of("dependencies", "requires", "parents")),
            entry("rollout", Set.of("percentage", "percent", "coverage", "percentagerollout", "gradualrollout")),
            entry("rules", Set.of("targeting", "strategies", "targets", "users", "when", "rollout", "percentage")),
            entry("salt", Set.of("seed", "groupid")),
            entry("semver", Set.of("version", "semvereq")),
            entry("serve", Set.of("value", "variation", "variant", "variants", "force", "split", "then")),
            entry("startsWith", Set.of("strstartswith")),
            entry("type", Set.of("flagtype", "valuetype", "variationtype")),
            entry("variant", Set.of("variation", "value", "name")),
            entry("variants", Set.of("variations", "values", "value")),
            entry("when", Set.of("condition", "conditions", "if", "constraints", "clauses", "targeting", "match")));

    private Suggestion() {}

    /** For example {@code " (did you mean `enabled`?)"}; empty if no name is near. */
    static String of(String name, Collection<String> names) {
        int colon = name.indexOf(':');
        if (colon > 0 && names.contains(name.substring(0, colon))) {
            return " (a space is missing after `" + name.substring(0, colon) + ":`)";
        } else if (name.startsWith("-") && name.length() > 1) {
            return " (a space is missing after `-`)";
        }
        String best = synonym(name, names);
        best = best.isEmpty() ? nearest(name, names) : best;
        return best.isEmpty() ? "" : " (did you mean `" + best + "`?)";
    }

    private static String synonym(String name, Collection<String> names) {
        String word = name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
        return names.stream()
                .filter(known -> SYNONYMS.getOrDefault(known, Set.of()).contains(word))
                .findFirst()
                .orElse("");
    }

    private static String nearest(String name, Collection<String> names) {
        String best = "";
        int least = Math.min(3, name.length());
        for (String candidate : names) {
            int distance = name.length() > LONGEST ? least : distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance, upper and lower case being the same, and an exchange of neighbours one step. */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int cost = same(from, i, to, j) ? 0 : 1;
                int step = Math.min(steps[i - 1][j - 1] + cost, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
                if (i > 1 && j > 1 && same(from, i, to, j - 1) && same(from, i - 1, to, j)) {
                    step = Math.min(step, steps[i - 2][j - 2] + 1);
                }
                steps[i][j] = step;
            }
        }
        return steps[from.length()][to.length()];
    }

    private static boolean same(String from, int i, String to, int j) {
        return Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
    }
}
