package dev.guidon.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/** Whom the flags are asked for. */
record User(String id, String country, String plan, String email) {

    /** A power of two. */
    static final int COUNT = 1_024;

    private static final List<String> COUNTRIES = List.of("DE", "AT", "CH");

    /** All users, every second of whom is in the list of the workload of that name. */
    static List<User> all() {
        return IntStream.range(0, COUNT).mapToObj(User::number).toList();
    }

    /** Ten thousand ids: those of every second user, and of nobody else who is asked about. */
    static List<String> listed() {
        return IntStream.range(0, 10_000).mapToObj(i -> id(2 * i)).toList();
    }

    boolean isListed() {
        return Integer.parseInt(id.substring("user-".length())) % 2 == 0;
    }

    private static User number(int i) {
        return new User(id(i), COUNTRIES.get(i % COUNTRIES.size()), "pro", id(i) + "@example.com");
    }

    private static String id(int i) {
        return "user-" + (10_000 + i);
    }
}
