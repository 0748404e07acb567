package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.Flag;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Snapshot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** 10,000 made-up visitors, a fifth of them in each region, a quarter of those members: what flags serve to them. */
@RestController
@CrossOrigin(originPatterns = "http://localhost:[*]")
class Crowd {

    static final int SIZE = 10_000;

    private static final List<String> REGIONS = List.of("DE", "FR", "GB", "US", "JP");
    private static final List<EvaluationContext> VISITORS =
            IntStream.range(0, SIZE).mapToObj(Crowd::visitor).toList();

    private final FeatureFlags flags;

    Crowd(FeatureFlags flags) {
        this.flags = flags;
    }

    private static EvaluationContext visitor(int i) {
        String plan = i / REGIONS.size() % 4 == 0 ? "member" : "guest";
        return Visitor.context("visitor-" + i, REGIONS.get(i % REGIONS.size()), plan);
    }

    /** How many visitors get each variant, of all flags. */
    @GetMapping("/api/crowd")
    Map<String, Map<String, Integer>> shares() {
        Snapshot now = flags.snapshot();
        Map<String, Map<String, Integer>> shares = new LinkedHashMap<>();
        now.definitions().flags().keySet().forEach(key -> shares.put(key, shares(key, now)));
        return shares;
    }

    /** How many visitors get each variant of a flag, in the order of its variants. */
    static Map<String, Integer> shares(String key, Snapshot flags) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        flags.definitions()
                .flag(key)
                .map(Flag::variants)
                .orElse(Map.of())
                .keySet()
                .forEach(variant -> counts.put(variant, 0));
        for (EvaluationContext visitor : VISITORS) {
            String variant = flags.evaluate(key, visitor).variant();
            counts.merge(variant == null ? "(default)" : variant, 1, Integer::sum);
        }
        return counts;
    }
}
