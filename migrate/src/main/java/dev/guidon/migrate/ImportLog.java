package dev.guidon.migrate;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Definitions;
import dev.guidon.definition.Problem;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.json.FlagFormat;
import dev.guidon.json.FlagFormatException;
import dev.guidon.migrate.Finding.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Collects what an import makes and what there is to say of it. */
final class ImportLog {

    /** The subject of what concerns no single flag or segment. */
    static final String EXPORT = "export";

    private final Map<DefinitionKey, Definition> made = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    /** Where the finding of each definition stands, made or refused. */
    private final Map<DefinitionKey, Integer> places = new HashMap<>();
    /** By the path of the value that has it. */
    private final NavigableMap<String, List<Problem>> flaws = new TreeMap<>();

    /** Where a part of the export stood before it was moved, by its path now; none is within another. */
    private final NavigableMap<String, String> moved = new TreeMap<>();

    private boolean readable = true;

    /** Says that the export is not JSON. */
    void unreadable(String place, String found) {
        refuse(EXPORT, List.of(new Problem(place, found, "JSON (RFC 8259)")));
        readable = false;
    }

    /** Says that the export is not YAML that stands for JSON. */
    void unreadable(String problem) {
        findings.add(new Finding(EXPORT, Outcome.REFUSED, List.of(problem)));
        readable = false;
    }

    /** Says what is wrong with the text of a value. */
    void flaw(Problem problem, String path) {
        flaws.computeIfAbsent(path, at -> new ArrayList<>()).add(problem);
    }

    /** Says that a part was moved, so that what is said of it names where it stood. */
    void moved(String path, String from) {
        moved.put(path, from);
    }

    private List<String> original(List<String> notes) {
        return notes.stream()
                .map(note -> {
                    Map.Entry<String, String> part = moved.floorEntry(note);
                    return part != null && note.startsWith(part.getKey())
                            ? part.getValue() + note.substring(part.getKey().length())
                            : note;
                })
                .toList();
    }

    /**
     * Makes one definition. It is refused if the maker notes a problem, throws one, or makes what the format cannot hold.
     *
     * @param subject what the report calls it
     * @param id what others refer to it by
     * @param node where it stands in the export
     * @param maker makes the definition; given the node with notes of its own
     */
    void make(String subject, DefinitionKey id, Node node, Function<Node, ? extends Definition> maker) {
        Notes notes = new Notes();
        flawsUnder(node.path()).forEach(notes::problem);
        moved.subMap(node.path() + ".", node.path() + "/")
                .values()
                .forEach(from -> flawsUnder(from).forEach(notes::problem));
        if (places.containsKey(id)) {
            notes.problem(new Problem("", "the key " + id.key() + " again", "every key once"));
            refuse(subject, notes.problems());
            return;
        }
        places.put(id, findings.size());
        try {
            Definition definition = maker.apply(node.with(notes));
            if (notes.problems().isEmpty()) {
                FlagFormat.write(definition);
                made.put(id, definition);
                findings.add(new Finding(subject, notes.outcome(notes.remarks()), original(notes.remarks())));
                return;
            }
        } catch (FlagFormatException e) {
            e.problems().forEach(notes::problem);
        } catch (IllegalArgumentException e) {
            Problem.of(e).forEach(notes::problem);
        } catch (RuntimeException | StackOverflowError e) {
            notes.problem(new Problem(node.path(), e.toString(), "what can be imported"));
        }
        refuse(subject, notes.problems());
    }

    private List<Problem> flawsUnder(String path) {
        List<Problem> found = new ArrayList<>();
        Iterator<Map.Entry<String, List<Problem>>> below =
                flaws.tailMap(path).entrySet().iterator();
        while (below.hasNext()) {
            Map.Entry<String, List<Problem>> flaw = below.next();
            if (!flaw.getKey().startsWith(path)) {
                break;
            }
            if (flaw.getKey().length() == path.length()
                    || ".[".indexOf(flaw.getKey().charAt(path.length())) >= 0) {
                found.addAll(flaw.getValue());
                below.remove();
            }
        }
        return found;
    }

    /** Refuses a part of the export. */
    void refuse(String subject, List<Problem> problems) {
        findings.add(refusal(subject, problems));
    }

    private Finding refusal(String subject, List<Problem> problems) {
        return new Finding(
                subject,
                Outcome.REFUSED,
                original(problems.stream().map(Problem::toString).toList()));
    }

    /** Says something of a part of the export that makes no definition. */
    void remark(String subject, String remark) {
        findings.add(new Finding(subject, Outcome.REMARKED, List.of(remark)));
    }

    /** Says what there is to say of the export as a whole. */
    void export(Notes notes) {
        if (!notes.problems().isEmpty()) {
            refuse(EXPORT, notes.problems());
        }
        for (String remark : notes.remarks()) {
            findings.add(new Finding(EXPORT, notes.outcome(List.of(remark)), original(List.of(remark))));
        }
    }

    /**
     * Ends the import. What cannot be evaluated is refused, and so is what refers to something refused. Flaws of parts that nobody made
     * anything of refuse the export as such, beside what was made.
     */
    Imported imported() {
        Snapshot.of(Definitions.of(made.values())).problems().forEach(this::refuseMade);
        refuseDependents();
        flaws.values().forEach(problems -> refuse(EXPORT, problems));
        flaws.clear();
        return new Imported(Definitions.of(made.values()), findings, readable);
    }

    private void refuseDependents() {
        Map<DefinitionKey, List<DefinitionKey>> dependents = new HashMap<>();
        made.values()
                .forEach(definition -> definition
                        .references()
                        .forEach(reference -> dependents
                                .computeIfAbsent(reference.target(), target -> new ArrayList<>())
                                .add(definition.id())));
        Deque<DefinitionKey> refused = new ArrayDeque<>(places.keySet());
        refused.removeAll(made.keySet());
        while (!refused.isEmpty()) {
            DefinitionKey target = refused.pop();
            for (DefinitionKey dependent : dependents.getOrDefault(target, List.of())) {
                if (made.containsKey(dependent)) {
                    refuseMade(dependent, List.of(new Problem("", target + ", which is refused", "what is imported")));
                    refused.push(dependent);
                }
            }
        }
    }

    private void refuseMade(DefinitionKey id, List<Problem> problems) {
        made.remove(id);
        int place = Objects.requireNonNull(places.get(id));
        findings.set(place, refusal(findings.get(place).subject(), problems));
    }
}
