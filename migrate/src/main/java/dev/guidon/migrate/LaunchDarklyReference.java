package dev.guidon.migrate;

import dev.guidon.definition.Attribute;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a context of one kind. The kind {@code user} is the context itself, its key the targeting key; every other kind is an
 * object under the kind's name.
 *
 * @param kind the kind
 * @param names the attribute's name and the fields inside it; empty if the reference is malformed
 */
record LaunchDarklyReference(String kind, List<String> names) {

    static final String USER = "user";

    /** Without a kind, a reference is a plain name; with one, it may be a path that starts with a slash. */
    static LaunchDarklyReference of(@Nullable String kind, @Nullable String attribute) {
        String ofKind = kind(kind);
        if (attribute == null || attribute.isEmpty()) {
            return new LaunchDarklyReference(ofKind, List.of());
        }
        boolean path = kind != null && attribute.startsWith("/");
        return new LaunchDarklyReference(ofKind, path ? parts(attribute) : List.of(attribute));
    }

    static String kind(@Nullable String kind) {
        return kind == null || kind.isEmpty() ? USER : kind;
    }

    /** The attribute that holds the key of a kind. */
    static Attribute key(@Nullable String kind) {
        return new LaunchDarklyReference(kind(kind), List.of("key")).attribute();
    }

    private static List<String> parts(String reference) {
        List<String> names = new ArrayList<>();
        for (String part : reference.substring(1).split("/", -1)) {
            String name = part.replace("~1", "/").replace("~0", "~");
            if (part.isEmpty() || part.replace("~1", "").replace("~0", "").indexOf('~') >= 0) {
                return List.of();
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    boolean malformed() {
        return names.isEmpty();
    }

    /** Whether it is the attribute of this name itself, nothing inside it. */
    boolean is(String name) {
        return names.equals(List.of(name));
    }

    /** Where Guidon finds it. The attribute {@code kind} is that of the whole context. */
    Attribute attribute() {
        if (kind.equals(USER) || is("kind")) {
            if (is("key")) {
                return Attribute.KEY;
            }
            return names.size() == 1 ? Conditions.attribute(names.get(0)) : new Attribute.Path(names);
        }
        List<String> path = new ArrayList<>(List.of(kind));
        path.addAll(names);
        return new Attribute.Path(path);
    }
}
