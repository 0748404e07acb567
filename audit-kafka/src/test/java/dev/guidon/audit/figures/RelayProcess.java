package dev.guidon.audit.figures;

/** A relay and nothing else, until it is killed. */
final class RelayProcess {

    private RelayProcess() {}

    /**
     * Runs it.
     *
     * @param arguments the address of Redis, the namespace, the brokers
     */
    public static void main(String[] arguments) throws InterruptedException {
        Bench.relay(Bench.open(arguments[0], arguments[1]), arguments[2]);
        Thread.currentThread().join();
    }
}
