package dev.guidon.evaluation;

/** What to do with whatever compiling throws. */
final class Failures {

    private Failures() {}

    /** Throws on what the virtual machine itself cannot go on after. A stack that overflowed is whole again by now. */
    static void rethrowIfFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
