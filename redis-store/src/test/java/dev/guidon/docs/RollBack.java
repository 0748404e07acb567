package dev.guidon.docs;

import dev.guidon.FlagEditor;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.json.FlagFormat;
import dev.guidon.redis.RedisFlagStore;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Read.Changes;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.CommittedChange.Edit;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Tells what happened to a flag, or takes back what one revision did to it, unless somebody has changed it since. */
class RollBack {

    record Step(CommittedChange change, Edit edit) {

        long revision() {
            return change.revision().number();
        }

        @Override
        public String toString() {
            return revision() + " " + change.at() + " " + change.actor() + " (" + change.reason() + ")\n  was "
                    + text(edit.before()) + "\n  is  " + text(edit.after());
        }

        private static String text(Versioned versioned) {
            return versioned == null ? "nothing" : FlagFormat.write(versioned.definition());
        }
    }

    /** Arguments: Redis, namespace, flag; and to take a revision back: its number, your name, why. */
    public static void main(String[] args) throws InterruptedException {
        try (FlagStore store = RedisFlagStore.open(args[0], args[1])) {
            List<Step> steps = history(store.changes(), args[2]);
            if (args.length == 3) {
                steps.forEach(System.out::println);
            } else {
                FlagEditor editor = FlagEditor.of(store, args[4]).because(args[5]);
                System.out.println("taken back by revision "
                        + undo(editor, steps, Long.parseLong(args[3])).number());
            }
        }
    }

    static Revision undo(FlagEditor editor, List<Step> steps, long bad) {
        Edit edit = steps.stream()
                .filter(step -> step.revision() == bad)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("the log has no change of this flag by revision " + bad))
                .edit();
        if (edit.before() == null) {
            return editor.disable(edit.id().key());
        }
        return editor.put(
                edit.before().definition(),
                edit.after() == null ? Version.NONE : edit.after().version());
    }

    /** What the log still holds of a flag, the oldest first. */
    static List<Step> history(ChangeLog log, String flag) throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        Revision reached = log.base();
        while (log.read(reached, 1_000, Duration.ZERO) instanceof Changes read
                && !read.changes().isEmpty()) {
            for (CommittedChange change : read.changes()) {
                reached = change.revision();
                change.edits().stream()
                        .filter(edit -> edit.id().equals(DefinitionKey.flag(flag)))
                        .forEach(edit -> steps.add(new Step(change, edit)));
            }
        }
        return steps;
    }
}
