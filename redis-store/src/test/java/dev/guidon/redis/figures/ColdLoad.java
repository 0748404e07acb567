package dev.guidon.redis.figures;

/** Loads in a process of its own and prints how many nanoseconds that took. */
final class ColdLoad {

    private ColdLoad() {}

    /**
     * Loads once.
     *
     * @param arguments the server's URI
     */
    public static void main(String[] arguments) {
        System.out.println(LoadFigures.once(arguments[0]));
    }
}
