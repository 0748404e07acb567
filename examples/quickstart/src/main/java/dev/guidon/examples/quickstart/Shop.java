package dev.guidon.examples.quickstart;

import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.Explanation;
import dev.guidon.spring.CurrentFlags;
import dev.guidon.spring.FeatureGate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The shop: what a visitor gets to see, decided by flags, and why. */
@RestController
@CrossOrigin(originPatterns = "http://localhost:[*]")
class Shop {

    private static final Item LANTERN = new Item("Storm lantern", 64);
    private static final Item MUG = new Item("Enamel mug", 18);
    private static final List<Item> ITEMS =
            List.of(new Item("Wool blanket", 120), LANTERN, MUG, new Item("Canvas bag", 48));
    private static final List<String> FLAGS = List.of("banner", "prices", "checkout", "gift-wrap", "orders");

    private final ShopFlags flags;
    private final CurrentFlags current;

    Shop(ShopFlags flags, CurrentFlags current) {
        this.flags = flags;
        this.current = current;
    }

    /** All flags of a request are of one revision and for one {@link Visitor}, whatever changes meanwhile. */
    @GetMapping("/api/shop")
    Page page(@RequestParam String region) {
        Prices prices = Prices.of(flags.prices());
        List<Good> goods = ITEMS.stream()
                .map(item -> new Good(item.name(), prices.format(item.dollars(), region)))
                .toList();
        return new Page(
                current.revision().number(),
                flags.banner(),
                goods,
                prices.format(LANTERN.dollars() + MUG.dollars(), region),
                prices.tax(),
                flags.checkout(),
                flags.giftWrap(),
                flags.orders(),
                FLAGS.stream().map(key -> Answer.of(current.explain(key))).toList());
    }

    /** Not there while the flag {@code orders} is off, whatever a page that is out of date believes. */
    @FeatureGate(value = "orders", status = 503)
    @PostMapping("/api/orders")
    String order() {
        return "Thank you. Since this is a demonstration, no parcel will come.";
    }

    private record Item(String name, int dollars) {}

    record Good(String name, String price) {}

    record Page(
            long revision,
            String banner,
            List<Good> goods,
            String total,
            String tax,
            ShopFlags.Checkout checkout,
            boolean giftWrap,
            boolean orders,
            List<Answer> answers) {}

    /** What a flag gave, and why. */
    record Answer(
            String flag,
            @Nullable String variant,
            String reason,
            @Nullable String rule,
            String explanation) {

        static Answer of(Explanation explanation) {
            Evaluation<?> gave = explanation.evaluation();
            return new Answer(
                    gave.flagKey(), gave.variant(), gave.reason().name(), gave.ruleId(), explanation.toString());
        }
    }
}
