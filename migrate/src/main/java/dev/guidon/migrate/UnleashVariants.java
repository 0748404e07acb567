package dev.guidon.migrate;

import dev.guidon.definition.About;
import dev.guidon.definition.Assignment;
import dev.guidon.definition.Assignment.WhenMissing;
import dev.guidon.definition.Condition;
import dev.guidon.definition.Extra;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Prerequisite;
import dev.guidon.definition.Rule;
import dev.guidon.definition.Serve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flag for the variants of a feature: what {@code getVariant} answers, while the feature is on. */
final class UnleashVariants {

    /** The variant of a feature that is off or has none. */
    static final String DISABLED = "disabled";

    private static final long SEED = 86_028_157;
    private static final Set<String> FIELDS =
            Set.of("name", "weight", "weightType", "stickiness", "payload", "overrides");

    private final UnleashFeature feature;
    private final Map<String, FlagValue> variants = new LinkedHashMap<>();
    private final List<Rule> rules = new ArrayList<>();

    UnleashVariants(UnleashFeature feature) {
        this.feature = feature;
        variants.put(DISABLED, value(DISABLED, FlagValue.NULL, false));
    }

    /** The names of the flag's variants that stand for these of Unleash. */
    List<String> named(List<String> names) {
        flag();
        return variants.entrySet().stream()
                .filter(variant -> variant.getValue() instanceof FlagValue.Obj object
                        && object.fields().get("name") instanceof FlagValue.Text name
                        && names.contains(name.value()))
                .map(Map.Entry::getKey)
                .toList();
    }

    Flag flag() {
        Node node = feature.node();
        List<Node> strategies = node.get("strategies").list();
        int last = strategies.size();
        while (last > 0 && strategies.get(last - 1).get("variants").list().isEmpty()) {
            last--;
        }
        for (Node strategy : strategies.subList(0, last)) {
            UnleashStrategy who = feature.strategy(strategy);
            Node own = strategy.get("variants");
            if (own.list().isEmpty()) {
                overrides(who);
                rules.add(who.rule(null, featureVariants()));
            } else {
                Node parameters = strategy.get("parameters");
                String group = UnleashStrategy.parameter(parameters, "groupId");
                String stickiness = UnleashStrategy.parameter(parameters, "stickiness");
                Serve serve = serve(own, stickiness, group == null ? feature.name() : group);
                rules.add(who.rule(null, serve));
            }
        }
        overrides(new UnleashStrategy(Conditions.ALWAYS, null));
        Serve fallthrough = featureVariants();
        return new Flag(
                feature.variantKey(),
                FlagType.JSON,
                new About("The variants of " + feature.name(), null, null, List.of(), null),
                true,
                false,
                variants,
                Map.of(),
                DISABLED,
                null,
                List.of(new Prerequisite(feature.key(), List.of(Flag.ON))),
                rules,
                fallthrough,
                Extra.NONE);
    }

    private Serve featureVariants() {
        Node list = feature.node().get("variants");
        String stickiness = list.list().isEmpty()
                ? null
                : list.list().get(0).get("stickiness").text();
        return serve(list, stickiness, feature.name());
    }

    private void overrides(UnleashStrategy who) {
        for (Node variant : feature.node().get("variants").list()) {
            for (Node override : variant.get("overrides").list()) {
                String name = override.get("contextName").text();
                if (name == null) {
                    override.get("contextName").problem("a field of the context");
                    continue;
                }
                List<FlagValue> values =
                        override.get("values").list().stream().map(Node::value).toList();
                Condition listed = UnleashConstraint.in(UnleashConstraint.attribute(name), values);
                rules.add(who.rule(listed, Serve.variant(variant(variant))));
            }
        }
    }

    private Serve serve(Node list, @Nullable String stickiness, String group) {
        List<Serve.Weight> shares = new ArrayList<>();
        for (Node variant : list.list()) {
            variant.only(FIELDS);
            shares.add(new Serve.Weight(variant(variant), weight(variant.get("weight"))));
        }
        List<String> served = shares.stream()
                .filter(share -> share.weight() > 0)
                .map(Serve.Weight::variant)
                .distinct()
                .toList();
        if (served.size() < 2) {
            return Serve.variant(served.isEmpty() ? DISABLED : served.get(0));
        }
        String sticky = stickiness == null ? UnleashStrategy.DEFAULT : stickiness;
        if (sticky.equals(UnleashStrategy.RANDOM)) {
            list.problem("another stickiness than random, or one variant (nobody is assigned at random)");
        }
        list.loss("who had no value to go by (stickiness " + sticky
                + ") got one of the variants at random; now these get the first");
        long total = Serve.WeightedSplit.sum(shares);
        Assignment assignment = Assignments.salted(
                UnleashStrategy.by(sticky),
                UnleashStrategy.fallback(sticky),
                WhenMissing.FIRST,
                group,
                UnleashStrategy.bucketing(total, SEED));
        return new Serve.WeightedSplit(shares, assignment);
    }

    private static long weight(Node node) {
        try {
            if (node.value() instanceof FlagValue.Number number) {
                return number.value().longValueExact();
            }
        } catch (ArithmeticException e) {
            // told below
        }
        node.problem("a whole number");
        return 0;
    }

    /** The name of a variant here; the same name with another payload gets a number. */
    private String variant(Node node) {
        String name = node.get("name").text();
        if (name == null) {
            node.get("name").problem("a name");
            return DISABLED;
        }
        FlagValue value = value(name, node.get("payload").value(), true);
        String free = name;
        for (int i = 2; !variants.getOrDefault(free, value).equals(value); i++) {
            free = name + "#" + i;
        }
        variants.put(free, value);
        return free;
    }

    private static FlagValue value(String name, FlagValue payload, boolean enabled) {
        Map<String, FlagValue> fields = new LinkedHashMap<>();
        fields.put("name", FlagValue.of(name));
        if (!(payload instanceof FlagValue.Null)) {
            fields.put("payload", payload);
        }
        fields.put("enabled", FlagValue.of(enabled));
        return new FlagValue.Obj(fields);
    }
}
