package dev.guidon.evaluation;

import dev.guidon.definition.Leniency;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version. Equality and order are precedence: build metadata does not count.
 *
 * @see <a href="https://semver.org/spec/v2.0.0.html#spec-item-11">Semantic Versioning 2.0.0, item 11</a>
 */
record Semver(String major, String minor, String patch, List<String> prerelease) implements Comparable<Semver> {

    private static final int MOST_CHARACTERS = 256;
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String SUFFIX =
            "(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?";
    private static final Pattern STRICT = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + SUFFIX);
    private static final String SHORT = NUMBER + "(?:\\." + NUMBER + "(?:\\." + NUMBER + ")?)?" + SUFFIX;
    private static final Pattern PARTIAL = Pattern.compile(SHORT);
    private static final Pattern FULL = Pattern.compile("[vV]?" + SHORT);
    private static final Pattern LEADING_ZERO = Pattern.compile("0[0-9]+");

    /** Reads a version; null if it is none. */
    static @Nullable Semver parse(String text, Leniency lenient) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        Pattern form = switch (lenient) {
            case STRICT -> STRICT;
            case PARTIAL -> PARTIAL;
            case FULL -> FULL;
        };
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        List<String> prerelease = new ArrayList<>();
        if (matcher.group(4) != null) {
            prerelease.addAll(List.of(matcher.group(4).split("\\.")));
        }
        if (prerelease.stream().anyMatch(part -> LEADING_ZERO.matcher(part).matches())) {
            return null;
        }
        return new Semver(matcher.group(1), orZero(matcher.group(2)), orZero(matcher.group(3)), prerelease);
    }

    @Override
    public int compareTo(Semver other) {
        int core = numbers(major, other.major);
        core = core != 0 ? core : numbers(minor, other.minor);
        core = core != 0 ? core : numbers(patch, other.patch);
        if (core != 0) {
            return core;
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        int common = Math.min(prerelease.size(), other.prerelease.size());
        for (int i = 0; i < common; i++) {
            int part = identifiers(prerelease.get(i), other.prerelease.get(i));
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    private static int identifiers(String a, String b) {
        boolean aNumeric = numeric(a);
        boolean bNumeric = numeric(b);
        if (aNumeric && bNumeric) {
            return numbers(a, b);
        }
        return aNumeric != bNumeric ? (aNumeric ? -1 : 1) : a.compareTo(b);
    }

    /** Numbers without leading zeros, of any length. */
    private static int numbers(String a, String b) {
        return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
    }

    private static boolean numeric(String part) {
        return part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String orZero(@Nullable String number) {
        return number == null ? "0" : number;
    }

    /** A comparison sign and a version, for example {@code >=1.2.0}, {@code ~1.2.3} or {@code ^2.0.0}. */
    record Range(String sign, Semver version) {

        private static final Pattern RANGE = Pattern.compile("(=|<=?|>=?|~|\\^)?\\s*(\\S+)");

        static @Nullable Range parse(String text, Leniency lenient) {
            Matcher matcher = RANGE.matcher(text.length() > MOST_CHARACTERS ? "" : text.trim());
            if (!matcher.matches()) {
                return null;
            }
            Semver version = Semver.parse(matcher.group(2), lenient);
            return version == null ? null : new Range(matcher.group(1) == null ? "=" : matcher.group(1), version);
        }

        boolean contains(Semver found) {
            int order = found.compareTo(version);
            return switch (sign) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                case "~" -> order >= 0 && sameMinor(found);
                case "^" -> order >= 0 && sameLeftmost(found);
                default -> order == 0;
            };
        }

        private boolean sameMinor(Semver found) {
            return found.major.equals(version.major) && found.minor.equals(version.minor);
        }

        private boolean sameLeftmost(Semver found) {
            if (!version.major.equals("0")) {
                return found.major.equals(version.major);
            }
            if (!version.minor.equals("0")) {
                return sameMinor(found);
            }
            return sameMinor(found) && found.patch.equals(version.patch);
        }
    }
}
