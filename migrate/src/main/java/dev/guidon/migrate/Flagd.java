package dev.guidon.migrate;

import dev.guidon.definition.About;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads flag definitions of flagd. */
final class Flagd {

    private Flagd() {}

    static void read(List<Node> documents, @Nullable String environment, ImportLog log) {
        Notes notes = new Notes();
        if (environment != null) {
            notes.problem(new Problem("environment", environment, "none: flagd knows no environments"));
        }
        documents.stream()
                .flatMap(document -> FlagdDocuments.definitions(document.with(notes)).stream())
                .forEach(definitions -> definitions(definitions, notes, log));
        log.export(notes);
    }

    private static void definitions(Node export, Notes notes, ImportLog log) {
        export.only(Set.of("$schema", "flags", "$evaluators", "metadata"));
        if (export.get("flags").missing() && notes.problems().isEmpty()) {
            export.problem("an object with flags, or a Kubernetes resource FeatureFlag");
        }
        Node evaluators = export.get("$evaluators");
        evaluators.fields();
        export.get("flags")
                .fields()
                .forEach((name, node) -> log.make(
                        "flag " + name, DefinitionKey.flag(Keys.of(name)), node, at -> flag(name, at, evaluators)));
        if (!export.get("metadata").missing()) {
            export.get("metadata").remark("was left out");
        }
    }

    private static Flag flag(String name, Node node, Node evaluators) {
        node.only(Set.of("state", "variants", "defaultVariant", "targeting", "metadata"));
        if (!node.get("metadata").missing()) {
            node.get("metadata").remark("was left out");
        }
        Map<String, Node> values = node.get("variants").fields();
        Variants variants = new Variants(type(node.get("variants"), values));
        values.forEach((variant, value) -> variants.value(variant, value.value()));
        variants.error(FlagdTargeting.NO_VARIANT, "the targeting names a variant that there is not");
        variants.error(
                FlagdTargeting.NO_OPERATION, "the targeting asks for an operation or an evaluator that there is not");
        String byDefault = node.get("defaultVariant").text();
        Serve fallthrough = byDefault == null || byDefault.isEmpty() ? null : Serve.variant(byDefault);
        return variants.flag(
                Keys.of(name, node),
                About.NOTHING,
                enabled(node.get("state")),
                rules(name, node.get("targeting"), values.keySet(), evaluators),
                fallthrough);
    }

    private static List<Rule> rules(String name, Node targeting, Set<String> variants, Node evaluators) {
        if (targeting.missing() || targeting.value().equals(new FlagValue.Obj(Map.of()))) {
            return List.of();
        }
        FlagdTargeting rules = new FlagdTargeting(new FlagdLogic(name, targeting, evaluators), variants);
        rules.result(targeting, List.of());
        return rules.rules();
    }

    private static boolean enabled(Node state) {
        String text = state.text();
        boolean enabled = "ENABLED".equals(text);
        if (!enabled && !"DISABLED".equals(text)) {
            state.problem("ENABLED or DISABLED");
        }
        return enabled;
    }

    private static FlagType type(Node node, Map<String, Node> variants) {
        @Nullable
        FlagType type = Arrays.stream(FlagType.values())
                .filter(one -> variants.values().stream().allMatch(value -> Variants.fits(value.value(), one)))
                .findFirst()
                .orElse(FlagType.JSON);
        boolean objects = variants.values().stream().allMatch(value -> value.value() instanceof FlagValue.Obj);
        if (variants.isEmpty() || (type == FlagType.JSON && !objects)) {
            node.problem("at least one variant, all of one type");
        }
        return type;
    }
}
