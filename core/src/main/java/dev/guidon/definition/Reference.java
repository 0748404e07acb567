package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where a definition refers to another one.
 *
 * @param path where it stands
 * @param target what it refers to
 * @param variants the variants of the target that it names; empty for a segment
 */
public record Reference(String path, DefinitionKey target, List<String> variants) {

    /** Copies the variants. */
    public Reference {
        variants = List.copyOf(variants);
    }

    static List<Reference> of(Flag flag) {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < flag.prerequisites().size(); i++) {
            Prerequisite needed = flag.prerequisites().get(i);
            references.add(
                    new Reference("prerequisites[" + i + "]", DefinitionKey.flag(needed.flag()), needed.variants()));
        }
        for (int i = 0; i < flag.rules().size(); i++) {
            collect("rules[" + i + "].when", flag.rules().get(i).when(), references);
        }
        return references;
    }

    static List<Reference> of(Segment segment) {
        List<Reference> references = new ArrayList<>();
        for (int i = 0; i < segment.rules().size(); i++) {
            collect("rules[" + i + "].when", segment.rules().get(i).when(), references);
        }
        return references;
    }

    private static void collect(String path, @Nullable Condition condition, List<Reference> references) {
        if (condition instanceof Condition.All all) {
            each(path + ".all", all.of(), references);
        } else if (condition instanceof Condition.Any any) {
            each(path + ".any", any.of(), references);
        } else if (condition instanceof Condition.Not not) {
            collect(path + ".not", not.of(), references);
        } else if (condition instanceof Condition.IsTrue isTrue) {
            collect(path + ".isTrue", isTrue.of(), references);
        } else if (condition instanceof Condition.FlagServes serves) {
            references.add(new Reference(path + ".flag", DefinitionKey.flag(serves.flag()), serves.variants()));
        } else if (condition instanceof Condition.InSegment in) {
            for (String segment : in.segments()) {
                references.add(new Reference(path + ".segment", DefinitionKey.segment(segment), List.of()));
            }
        }
    }

    private static void each(String path, List<Condition> conditions, List<Reference> references) {
        for (int i = 0; i < conditions.size(); i++) {
            collect(path + "[" + i + "]", conditions.get(i), references);
        }
    }
}
