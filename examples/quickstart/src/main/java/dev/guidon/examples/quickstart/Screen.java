package dev.guidon.examples.quickstart;

import java.io.PrintStream;

/** Where everything is printed, in blocks that do not mix although two threads print. */
final class Screen {

    private final PrintStream out;
    private final boolean terminal;
    private boolean prompting;

    Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void print(String block) {
        if (prompting) {
            out.println();
        }
        out.print(block);
        if (prompting) {
            out.print("> ");
        }
        out.flush();
    }

    /** The last block. */
    synchronized void end(String block) {
        if (prompting) {
            out.println();
        }
        prompting = false;
        print(block);
    }

    /** Waits for a command from now on. */
    synchronized void prompt() {
        if (terminal) {
            prompting = true;
            out.print("> ");
            out.flush();
        }
    }

    /** A command was typed. One that came from elsewhere is shown, as if it had been. */
    synchronized void typed(String command) {
        prompting = false;
        if (!terminal) {
            out.println("> " + command);
        }
    }
}
