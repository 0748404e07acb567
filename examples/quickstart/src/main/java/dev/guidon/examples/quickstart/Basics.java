package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Evaluation;
import dev.guidon.evaluation.EvaluationContext;
import java.time.Duration;

/** Sets a flag, checks it, deletes it, checks it again; then what happens to a flag that nobody defined and to a broken one. */
final class Basics {

    private final FeatureFlags flags;
    private final FlagEditor editor;
    private final Screen screen;
    private final EvaluationContext ada = EvaluationContext.of("ada");

    Basics(FeatureFlags flags, FlagEditor editor, Screen screen) {
        this.flags = flags;
        this.editor = editor;
        this.screen = screen;
    }

    void play() throws InterruptedException {
        screen.print("\nThe basics\n");

        did("set", "beta-banner on", editor.set("beta-banner", true));
        check("beta-banner");

        check("no-such-flag");

        did("delete", "beta-banner", editor.delete("beta-banner"));
        check("beta-banner");

        check("holiday-banner");
    }

    /** What is written is in force everywhere a moment later; who needs it at once can wait for it. */
    private void did(String what, String flag, Revision revision) throws InterruptedException {
        flags.await(revision, Duration.ofSeconds(5));
        screen.print("  %-7s %-24s revision %d%n".formatted(what, flag, revision.number()));
    }

    private void check(String flag) {
        boolean enabled = flags.isEnabled(flag, ada);

        Evaluation<Boolean> details = flags.getBooleanDetails(flag, false, ada);
        String why = details.errorMessage() == null ? "" : " (" + details.errorMessage() + ")";
        screen.print("  %-7s %-24s %s%s%n".formatted("check", flag + " for ada", enabled ? "on" : "off", why));
    }
}
