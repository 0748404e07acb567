package dev.guidon.docs;

import dev.guidon.FeatureFlags;
import dev.guidon.evaluation.EvaluationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class CheckoutController {

    private final FeatureFlags flags;

    CheckoutController(FeatureFlags flags) {
        this.flags = flags;
    }

    @GetMapping("/checkout/{user}")
    String checkout(@PathVariable String user) {
        return flags.isEnabled("new-checkout", EvaluationContext.of(user)) ? "new" : "old";
    }
}
