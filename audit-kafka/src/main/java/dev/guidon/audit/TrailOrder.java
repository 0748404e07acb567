package dev.guidon.audit;

import dev.guidon.audit.AuditReport.Finding;
import dev.guidon.audit.AuditReport.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The records of one trail in its order, each once, and what is wrong with where they are in the topic. */
final class TrailOrder {

    private final TreeMap<Long, List<Link>> bySequence = new TreeMap<>();
    private final Map<Integer, List<Link>> byPartition = new TreeMap<>();
    private final Set<Link> copies = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Link> links = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    /** The order of some records, those of one partition as they are in it. */
    TrailOrder(Collection<Link> records) {
        for (Link record : records) {
            list(bySequence, record.sequence()).add(record);
            list(byPartition, record.partition()).add(record);
        }
        Set<Link> inPlace = bySequence.size() < records.size() ? inPlace() : Set.of();
        bySequence.values().forEach(same -> links.add(same.size() == 1 ? same.get(0) : original(same, inPlace)));
        byPartition.values().forEach(this::order);
    }

    private static <K> List<Link> list(Map<K, List<Link>> lists, K key) {
        return lists.computeIfAbsent(key, newKey -> new ArrayList<>(1));
    }

    List<Link> links() {
        return links;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Those that are neither before one that they follow nor after one that follows them. */
    private Set<Link> inPlace() {
        Set<Link> inPlace = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<Link> partition : byPartition.values()) {
            for (int i = 0; i < partition.size(); i++) {
                long sequence = partition.get(i).sequence();
                if ((i == 0 || partition.get(i - 1).sequence() <= sequence)
                        && (i == partition.size() - 1 || partition.get(i + 1).sequence() >= sequence)) {
                    inPlace.add(partition.get(i));
                }
            }
        }
        return inPlace;
    }

    /** The record of a number that its successor names, if there is one; of several, one that is in its place. */
    private Link original(List<Link> same, Set<Link> inPlace) {
        List<Link> next = bySequence.getOrDefault(same.get(0).sequence() + 1, List.of());
        List<Link> named = same.stream()
                .filter(link -> next.stream()
                        .anyMatch(after -> after.entry().predecessor().equals(link.hash())))
                .toList();
        List<Link> candidates = named.isEmpty() ? same : named;
        Link original =
                candidates.stream().filter(inPlace::contains).findFirst().orElse(candidates.get(0));
        copies.addAll(same);
        copies.remove(original);
        for (Link copy : same) {
            if (copies.contains(copy)) {
                String what = copy.hash().equals(original.hash()) ? "the same record" : "another record of this number";
                findings.add(copy.finding(
                        Kind.DUPLICATE,
                        "record " + copy.sequence() + " of " + copy.namespace() + ": " + what + " stands at "
                                + original.position()));
            }
        }
        return original;
    }

    private void order(List<Link> partition) {
        long last = 0;
        for (Link link : partition) {
            if (!copies.contains(link)) {
                if (link.sequence() < last) {
                    findings.add(
                            link.finding(Kind.REORDERED, "record " + link.sequence() + " stands after record " + last));
                }
                last = link.sequence();
            }
        }
    }
}
