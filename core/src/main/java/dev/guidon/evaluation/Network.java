package dev.guidon.evaluation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 network. Names are never resolved. An IPv4 address that is mapped into IPv6 counts as the IPv4 address.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4632#section-3.1">RFC 4632, section 3.1</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4291#section-2.2">RFC 4291, section 2.2</a>
 */
final class Network {

    private static final int MOST_CHARACTERS = 64;

    private final byte[] address;
    private final int prefix;

    private Network(byte[] address, int prefix) {
        this.address = address;
        this.prefix = prefix;
    }

    /** An address with an optional prefix length; null if it is none. Bits behind the prefix do not count. */
    static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address = address(slash < 0 ? text : text.substring(0, slash));
        if (address == null) {
            return null;
        }
        boolean mapped = address.length == 4 && text.indexOf(':') >= 0;
        int bits = address.length * 8;
        if (slash < 0) {
            return new Network(address, bits);
        }
        int prefix = decimal(text.substring(slash + 1), mapped ? 128 : bits);
        if (mapped) {
            prefix -= 96;
        }
        return prefix < 0 ? null : new Network(address, prefix);
    }

    /** The bytes of an address, 4 or 16; null if it is none. */
    static byte @Nullable [] address(String text) {
        if (text.length() > MOST_CHARACTERS) {
            return null;
        }
        byte[] bytes = text.indexOf(':') >= 0 ? v6(text) : v4(text);
        return bytes != null && bytes.length == 16 && mapped(bytes) ? Arrays.copyOfRange(bytes, 12, 16) : bytes;
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int whole = prefix / 8;
        if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
            return false;
        }
        int rest = prefix % 8;
        return rest == 0 || (address[whole] & 0xFF) >> (8 - rest) == (other[whole] & 0xFF) >> (8 - rest);
    }

    private static byte @Nullable [] v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = decimal(parts[i], 255);
            if (part < 0) {
                return null;
            }
            bytes[i] = (byte) part;
        }
        return bytes;
    }

    private static byte @Nullable [] v6(String text) {
        int gap = text.indexOf("::");
        if (gap != text.lastIndexOf("::")) {
            return null;
        }
        byte[] head = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
        byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2), true);
        if (head == null || tail == null) {
            return null;
        }
        int length = head.length + tail.length;
        if (gap < 0 ? length != 16 : length > 14) {
            return null;
        }
        byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    /** Groups of hexadecimal digits; at the very end of an address an IPv4 address may stand for two of them. */
    private static byte @Nullable [] groups(String text, boolean end) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[parts.length * 2 + 2];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            if (end && i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] v4 = v4(parts[i]);
                if (v4 == null) {
                    return null;
                }
                System.arraycopy(v4, 0, bytes, length, 4);
                length += 4;
            } else {
                int group = hexadecimal(parts[i]);
                if (group < 0) {
                    return null;
                }
                bytes[length++] = (byte) (group >> 8);
                bytes[length++] = (byte) group;
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int hexadecimal(String digits) {
        if (digits.isEmpty() || digits.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) < 128 ? Character.digit(digits.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /** A number without sign and leading zeros, at most the given one; -1 if it is none. */
    private static int decimal(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 3 || (digits.length() > 1 && digits.charAt(0) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
                return -1;
            }
            value = value * 10 + digits.charAt(i) - '0';
        }
        return value > most ? -1 : value;
    }

    private static boolean mapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }
}
