package dev.guidon.migrate;

import dev.guidon.definition.Condition;
import dev.guidon.definition.Conversion;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Leniency;
import dev.guidon.definition.Operator;
import dev.guidon.migrate.FlagdOperand.Var;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The operation {@code sem_ver}: a leading v is ignored, and minor and patch may be missing. A number is the version that its digits
 * are: 1.2 is 1.2.0. Since Guidon compares only text with versions, numbers are told by patterns on their digits.
 *
 * @param var what is compared
 * @param version with which version
 * @param major its major number, {@code minor} its minor number
 * @param behind how a version of these two numbers and no more compares with it: below 0, 0, or above 0
 */
record FlagdVersion(Var var, String version, BigInteger major, BigInteger minor, int behind) {

    private static final Pattern FORM =
            Pattern.compile("[vV]?([0-9]{1,18})(?:\\.([0-9]{1,18}))?(?:\\.([0-9]{1,18}))?(-[^+]*)?(?:\\+.*)?");
    private static final String NUMBER = "(0|[1-9][0-9]*)";

    /** What the operation answers; it fails for what is no version. Null if there is no such operation, or if that is no version. */
    static @Nullable FlagdAnswer answer(Var var, String sign, String version) {
        Matcher form = FORM.matcher(version);
        if (!form.matches() || !Conditions.isValid(range(var, "=" + version))) {
            return null;
        }
        boolean patched = form.group(3) != null && !form.group(3).matches("0+");
        FlagdVersion with = new FlagdVersion(
                var,
                version,
                number(form.group(1)),
                number(form.group(2)),
                patched ? -1 : form.group(4) != null ? 1 : 0);
        Condition holds = with.holds(sign);
        if (holds == null) {
            return null;
        }
        Condition valid = FlagdComparison.single(
                var, Conditions.any(range(var, ">=0.0.0-0"), with.digits(NUMBER + "(\\." + NUMBER + ")?")));
        return sign.equals("!=")
                ? new FlagdAnswer(Conditions.all(valid, Conditions.unless(holds)), holds)
                : new FlagdAnswer(holds, Conditions.all(valid, Conditions.unless(holds)));
    }

    private static BigInteger number(@Nullable String digits) {
        return digits == null ? BigInteger.ZERO : new BigInteger(digits);
    }

    /** Holds where the comparison does; for {@code !=}, where it does not. */
    private @Nullable Condition holds(String sign) {
        List<String> digits = new ArrayList<>();
        boolean or = sign.endsWith("=") && behind == 0;
        if (sign.startsWith("<")) {
            if (major.signum() > 0) {
                digits.add(below(major) + "(\\." + NUMBER + ")?");
            }
            if (minor.signum() > 0) {
                digits.add(major + "(\\." + below(minor) + ")?");
            }
            or |= behind < 0;
        } else if (sign.startsWith(">")) {
            digits.add(above(major) + "(\\." + NUMBER + ")?");
            digits.add(major + "\\." + above(minor));
            or |= behind > 0;
        } else if (sign.equals("^")) {
            digits.add(major + "(\\." + NUMBER + ")?");
        } else if (sign.equals("~")) {
            or = true;
        }
        if (or) {
            digits.add(minor.signum() > 0 ? major + "\\." + minor : major + "(\\.0)?");
        }
        Condition text = switch (sign) {
            case "=", "<", "<=", ">", ">=" -> range(var, sign + version);
            case "!=" -> range(var, "=" + version);
            case "^" -> from(major + ".0", major.add(BigInteger.ONE) + ".0");
            case "~" -> from(major + "." + minor, major + "." + minor.add(BigInteger.ONE));
            default -> null;
        };
        if (text == null) {
            return null;
        }
        return FlagdComparison.single(
                var, digits.isEmpty() ? text : Conditions.any(text, digits(String.join("|", digits))));
    }

    /** The same major, or minor, number, whatever follows: a pre-release {@code -0} comes before all others. */
    private Condition from(String from, String to) {
        return Conditions.all(range(var, ">=" + from + ".0-0"), range(var, "<" + to + ".0-0"));
    }

    private static Condition range(Var var, String range) {
        return var.compare(Operator.SEMVER_RANGE, null, Leniency.FULL, List.of(FlagValue.of(range)));
    }

    private Condition digits(String pattern) {
        return var.compare(Operator.MATCHES, Conversion.STRING, FlagValue.of("^(" + pattern + ")$"));
    }

    /** A pattern of the whole numbers above one. */
    private static String above(BigInteger number) {
        String digits = number.toString();
        List<String> any = new ArrayList<>(List.of("[1-9][0-9]{" + digits.length() + ",}"));
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '9') {
                any.add(digits.substring(0, i) + "[" + (char) (digit + 1) + "-9]" + more(digits.length() - i - 1));
            }
        }
        return "(" + String.join("|", any) + ")";
    }

    /** A pattern of the whole numbers below one that is not 0. */
    private static String below(BigInteger number) {
        String digits = number.toString();
        List<String> any = new ArrayList<>();
        if (digits.length() > 1) {
            any.add("0|[1-9][0-9]{0," + (digits.length() - 2) + "}");
        }
        for (int i = 0; i < digits.length(); i++) {
            char least = i == 0 && digits.length() > 1 ? '1' : '0';
            if (digits.charAt(i) > least) {
                any.add(digits.substring(0, i) + "[" + least + "-" + (char) (digits.charAt(i) - 1) + "]"
                        + more(digits.length() - i - 1));
            }
        }
        return "(" + String.join("|", any) + ")";
    }

    private static String more(int digits) {
        return digits == 0 ? "" : "[0-9]{" + digits + "}";
    }
}
