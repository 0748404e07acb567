package dev.guidon.examples.quickstart;

import dev.guidon.ClientStatus;
import dev.guidon.ClientStatus.State;
import dev.guidon.FeatureFlags;
import dev.guidon.FlagsListener;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Problem;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Snapshot;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hears of every change, whoever made it and where, and shows what it does to the users. */
final class Changes implements FlagsListener {

    private final FeatureFlags flags;
    private final Users users;
    private final Screen screen;
    private final Map<String, Shares> known = new HashMap<>();
    private long shown;

    Changes(FeatureFlags flags, Users users, Screen screen) {
        this.flags = flags;
        this.users = users;
        this.screen = screen;
        Snapshot now = flags.snapshot();
        now.definitions().flags().keySet().forEach(key -> known.put(key, Shares.of(key, users, now)));
        shown = now.revision().number();
    }

    @Override
    public synchronized void flagsChanged(Revision revision, Set<String> keys) {
        Snapshot now = flags.snapshot();
        Table table = new Table().title("Revision " + revision.number(), "before", "now");
        keys.forEach(key -> show(key, now, table));
        screen.print(table.toString());
        shown = revision.number();
        notifyAll();
    }

    @Override
    public void statusChanged(ClientStatus status) {
        if (status.state() == State.STALE) {
            screen.print("The file cannot be read, so all flags stay as they are:\n  " + status.problem() + "\n");
        } else if (status.state() == State.READY) {
            screen.print("The file can be read again.\n");
        }
    }

    /** Waits until a change has been shown, at most five seconds. */
    synchronized void await(Revision revision) throws InterruptedException {
        for (int i = 0; i < 50 && shown < revision.number(); i++) {
            wait(100);
        }
    }

    private void show(String key, Snapshot now, Table table) {
        Shares before = known.getOrDefault(key, Shares.NONE);
        Shares after = now.definitions().flags().containsKey(key) ? Shares.of(key, users, now) : Shares.NONE;
        known.put(key, after);

        Set<String> variants = new LinkedHashSet<>(before.counts().keySet());
        variants.addAll(after.counts().keySet());
        for (String variant : variants) {
            table.row(key, variant, before.percent(variant), after.percent(variant), remark(key, before, after, now));
        }
    }

    private static String remark(String key, Shares before, Shares after, Snapshot now) {
        List<Problem> problems = now.problems().get(DefinitionKey.flag(key));
        if (problems != null) {
            return problems.get(0).toString();
        } else if (after.equals(Shares.NONE)) {
            return "deleted";
        }
        return before.equals(after) ? "changed, but not for these users" : "";
    }
}
