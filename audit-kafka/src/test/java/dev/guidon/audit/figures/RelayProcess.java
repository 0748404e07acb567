package dev.guidon.audit.figures;

import dev.guidon.redis.RedisFlagStore;

/** A relay and nothing else, or only the store of one, until it is killed. */
final class RelayProcess {

    private RelayProcess() {}

    /**
     * Runs it.
     *
     * @param arguments the address of Redis, the namespace, and for a relay the brokers
     */
    public static void main(String[] arguments) throws InterruptedException {
        RedisFlagStore store = Bench.open(arguments[0], arguments[1]);
        if (arguments.length > 2) {
            Bench.relay(store, arguments[2]);
        } else {
            store.changes().head();
        }
        Thread.currentThread().join();
    }
}
