package dev.guidon.redis.figures;

import dev.guidon.redis.RedisFlagStore;

/** Loads in a process of its own and prints how many nanoseconds connecting took, and loading. */
final class ColdLoad {

    private ColdLoad() {}

    /**
     * Loads once.
     *
     * @param arguments the server's URI
     */
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        try (RedisFlagStore store = RedisFlagStore.open(arguments[0], LoadFigures.NAMESPACE)) {
            store.changes().head();
            long connected = System.nanoTime();
            store.load();
            System.out.println((connected - start) + " " + (System.nanoTime() - connected));
        }
    }
}
