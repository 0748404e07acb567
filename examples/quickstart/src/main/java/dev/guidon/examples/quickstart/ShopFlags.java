package dev.guidon.examples.quickstart;

import dev.guidon.definition.FlagValue;
import dev.guidon.spring.FlagKey;
import dev.guidon.spring.FlagSet;

/** The flags of the shop, and what it does without them. */
@FlagSet
interface ShopFlags {

    @FlagKey("banner")
    default String banner() {
        return "";
    }

    @FlagKey("prices")
    FlagValue prices();

    @FlagKey("checkout")
    default Checkout checkout() {
        return Checkout.CLASSIC;
    }

    @FlagKey("gift-wrap")
    boolean giftWrap();

    @FlagKey("orders")
    default boolean orders() {
        return true;
    }

    /** The variants of the flag {@code checkout}. */
    enum Checkout {
        CLASSIC,
        ONE_PAGE
    }
}
