package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.evaluation.Explanation;
import dev.guidon.evaluation.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The shop: what a visitor gets to see, decided by flags, and why. */
@RestController
@CrossOrigin(originPatterns = "http://localhost:[*]")
class Shop {

    private static final Item LANTERN = new Item("Storm lantern", 64);
    private static final Item MUG = new Item("Enamel mug", 18);
    private static final List<Item> ITEMS =
            List.of(new Item("Wool blanket", 120), LANTERN, MUG, new Item("Canvas bag", 48));

    private final FeatureFlags flags;

    Shop(FeatureFlags flags) {
        this.flags = flags;
    }

    @GetMapping("/api/shop")
    Page page(Visitor visitor) {
        EvaluationContext context = visitor.context();
        // One revision for the whole page, whatever changes meanwhile.
        Snapshot now = flags.snapshot();

        String banner = now.getStringValue("banner", "", context);
        Prices prices = Prices.of(now.getObjectValue("prices", FlagValue.NULL, context));
        String checkout = now.getStringValue("checkout", "classic", context);
        boolean giftWrap = now.isEnabled("gift-wrap", context);
        boolean orders = now.getBooleanValue("orders", true, context);

        List<Good> goods = ITEMS.stream()
                .map(item -> new Good(item.name(), prices.format(item.dollars(), visitor.region())))
                .toList();
        String total = prices.format(LANTERN.dollars() + MUG.dollars(), visitor.region());
        List<Answer> answers = now.definitions().flags().keySet().stream()
                .map(key -> Answer.of(now.explain(key, context)))
                .toList();
        return new Page(
                now.revision().number(), banner, goods, total, prices.tax(), checkout, giftWrap, orders, answers);
    }

    record Page(
            long revision,
            String banner,
            List<Good> goods,
            String total,
            String tax,
            String checkout,
            boolean giftWrap,
            boolean orders,
            List<Answer> answers) {}

    private record Item(String name, int dollars) {}

    record Good(String name, String price) {}

    /** What a flag gave, and why. */
    record Answer(
            String flag,
            @Nullable String variant,
            String reason,
            @Nullable String rule,
            String explanation) {

        static Answer of(Explanation explanation) {
            var gave = explanation.evaluation();
            return new Answer(
                    gave.flagKey(), gave.variant(), gave.reason().name(), gave.ruleId(), explanation.toString());
        }
    }
}
