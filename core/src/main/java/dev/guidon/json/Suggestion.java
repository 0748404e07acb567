package dev.guidon.json;

import java.util.Collection;

/** Guesses what a misspelt name was meant to be. */
final class Suggestion {

    private static final int LONGEST = 40;

    private Suggestion() {}

    /** For example {@code " (did you mean `enabled`?)"}; empty if no name is near. */
    static String of(String name, Collection<String> names) {
        String best = "";
        int least = Math.min(3, name.length());
        for (String candidate : names) {
            int distance = name.length() > LONGEST ? least : distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best.isEmpty() ? "" : " (did you mean `" + best + "`?)";
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
