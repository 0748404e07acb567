package dev.guidon.examples.quickstart;

import dev.guidon.FeatureFlags;
import dev.guidon.FlagEditor;
import dev.guidon.InvalidChangeException;
import dev.guidon.definition.Revision;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.store.FlagStoreException;
import java.util.Optional;

/** Does what is typed. */
final class Prompt {

    static final String HELP = """

            Now change something: edit the file and save it, or type
              off <flag>              throw the flag's kill switch: everybody gets its off variant
              on <flag>               take that back
              explain <flag> <user>   why somebody gets what, from user-0 to user-9999
              show                    who gets what now
              help, quit
            """;

    private final FeatureFlags flags;
    private final FlagEditor editor;
    private final Users users;
    private final Changes changes;
    private final Screen screen;

    Prompt(FeatureFlags flags, FlagEditor editor, Users users, Changes changes, Screen screen) {
        this.flags = flags;
        this.editor = editor.because("typed into the quickstart");
        this.users = users;
        this.changes = changes;
        this.screen = screen;
    }

    /** Returns when there is nothing more to do. */
    void open(Lines lines) throws InterruptedException {
        screen.prompt();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            screen.typed(line.get());
            String[] words = line.get().strip().split("\\s+");
            if (words[0].equals("quit") || words[0].equals("exit")) {
                break;
            }
            run(words);
            screen.prompt();
        }
        screen.end("Bye.\n");
    }

    private void run(String[] words) throws InterruptedException {
        switch (words[0] + " " + (words.length - 1)) {
            case "off 1" -> enable(words[1], false);
            case "on 1" -> enable(words[1], true);
            case "explain 2" -> screen.print(flags.explain(words[1], users.find(words[2])) + "\n");
            case "show 0" -> show();
            case " 0" -> {}
            default -> screen.print(HELP);
        }
    }

    private void enable(String flag, boolean enabled) throws InterruptedException {
        try {
            Revision before = flags.revision();
            Revision after = enabled ? editor.enable(flag) : editor.disable(flag);
            if (after.equals(before)) {
                screen.print(flag + " is " + (enabled ? "on" : "off") + " already\n");
            }
            changes.await(after);
        } catch (InvalidChangeException | FlagStoreException refused) {
            screen.print(refused.getMessage() + "\n");
        }
    }

    private void show() {
        Snapshot now = flags.snapshot();
        Table table = new Table().title("Revision " + now.revision().number(), "", "now");
        for (String flag : now.definitions().flags().keySet()) {
            Shares shares = Shares.of(flag, users, now);
            shares.counts().keySet().forEach(variant -> table.row(flag, variant, "", shares.percent(variant), ""));
        }
        screen.print(table.toString());
    }
}
