package dev.guidon.migrate;

import dev.guidon.definition.FlagValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The documents of flagd: in a text, behind lines of hyphens, and in Kubernetes resources. */
final class FlagdDocuments {

    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---(?=\\s|$)");
    private static final Pattern NOTHING = Pattern.compile("\\s*(?:[#%].*|\\.\\.\\.\\s*)?");
    private static final String RESOURCE = "FeatureFlag";
    private static final Set<String> VERSIONS = Set.of("core.openfeature.dev/v1beta1");

    private FlagdDocuments() {}

    /**
     * One of the documents of a text.
     *
     * @param text its text
     * @param line how many lines come before it
     */
    record Part(String text, int line) {}

    /** The documents of a text; itself if there is nothing in it. */
    static List<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        String whole = text.startsWith("\uFEFF") ? text.substring(1) : text;
        int line = 0;
        for (String part : SEPARATOR.split(whole, -1)) {
            if (!part.lines().allMatch(one -> NOTHING.matcher(one).matches())) {
                parts.add(new Part(part, line));
            }
            line += (int) part.chars().filter(c -> c == '\n').count();
        }
        return parts.isEmpty() ? List.of(new Part(text, 0)) : parts;
    }

    /** Whether a document is YAML and not JSON. */
    static boolean isYaml(String document) {
        String start = document.stripLeading();
        return !start.isEmpty() && "{[\"".indexOf(start.charAt(0)) < 0;
    }

    /** The flag definitions in a document: itself, or those of the resources in it. */
    static List<Node> definitions(Node document) {
        String kind = document.get("kind").value() instanceof FlagValue.Text text ? text.value() : "";
        if (!document.has("kind") && !document.has("apiVersion")) {
            return List.of(document);
        } else if (kind.endsWith("List") && document.has("items")) {
            return document.get("items").list().stream()
                    .flatMap(item -> definitions(item).stream())
                    .toList();
        } else if (!kind.equals(RESOURCE)) {
            document.get("kind").problem(RESOURCE + ", or a List of these");
            return List.of();
        }
        document.only(Set.of("apiVersion", "kind", "metadata", "spec", "status"));
        if (!(document.get("apiVersion").value() instanceof FlagValue.Text version)
                || !VERSIONS.contains(version.value())) {
            document.get("apiVersion").problem(String.join(", ", VERSIONS));
            return List.of();
        }
        Node spec = document.get("spec");
        spec.only(Set.of("flagSpec"));
        if (spec.get("flagSpec").missing()) {
            spec.get("flagSpec").problem("an object with flags");
            return List.of();
        }
        return List.of(spec.get("flagSpec"));
    }
}
