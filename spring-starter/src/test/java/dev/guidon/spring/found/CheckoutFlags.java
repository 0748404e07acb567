package dev.guidon.spring.found;

import dev.guidon.definition.FlagValue;
import dev.guidon.evaluation.EvaluationContext;
import dev.guidon.spring.FlagKey;
import dev.guidon.spring.FlagSet;

/** A method of every kind. Not public, as most will be. */
@FlagSet
interface CheckoutFlags {

    /** The variants of the flag "checkout". */
    enum Page {
        CLASSIC,
        ONE_PAGE
    }

    @FlagKey("for-ada")
    boolean forAda();

    @FlagKey("for-ada")
    boolean forAda(EvaluationContext context);

    @FlagKey("banner")
    default String banner() {
        return "none";
    }

    @FlagKey("limit")
    default int limit() {
        return 10;
    }

    @FlagKey("limit")
    default long longLimit() {
        return 10;
    }

    @FlagKey("ratio")
    default double ratio() {
        return 1;
    }

    @FlagKey("layout")
    FlagValue layout();

    @FlagKey("checkout")
    default Page page(EvaluationContext context) {
        return Page.CLASSIC;
    }

    @FlagKey("not-there-yet")
    default int notThereYet() {
        return limit() + 1;
    }

    @FlagKey("not-there-yet")
    boolean offUntilThere();

    /** The interface's own. */
    default boolean large() {
        return limit() > 5;
    }
}
