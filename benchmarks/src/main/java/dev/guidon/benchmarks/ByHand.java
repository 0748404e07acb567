package dev.guidon.benchmarks;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The floor: each decision written by hand in plain Java for that one flag, so that nothing is left out but what makes flags data. A
 * volatile read, a look-up of the flag, and the comparisons or MurmurHash3 over the id; the same users get the same answers as from Guidon.
 */
final class ByHand extends Contender<User> {

    private record Flag(boolean on, int afterPrefix, Set<String> listed) {}

    /** The hashes of {@code split:50-50:} and {@code split:4-way:}, three blocks each, before the id is mixed in. */
    private static final int PREFIX_LENGTH = 12;

    /** Volatile, as flags that change are. */
    private volatile Map<String, Flag> flags = flags();

    private static Map<String, Flag> flags() {
        Map<String, Flag> flags = new HashMap<>();
        for (Workload workload : Workload.values()) {
            if (workload != Workload.UNKNOWN) {
                boolean listed = workload == Workload.LIST;
                Set<String> ids = listed ? new HashSet<>(User.listed()) : Set.of();
                flags.put(workload.key, new Flag(true, blocks("split:" + workload.key + ":", 0), ids));
            }
        }
        return flags;
    }

    @Override
    User context(User user) {
        return new User(user.id(), user.country(), user.plan(), user.email());
    }

    @Override
    boolean plain(User user) {
        Flag flag = flags.get("plain");
        return flag != null && flag.on;
    }

    @Override
    boolean rules(User user) {
        Flag flag = flags.get("rules");
        if (flag == null || !flag.on) {
            return false;
        }
        String country = user.country();
        return country.equals("FR")
                || country.equals("US")
                || user.plan().equals("enterprise")
                || user.email().endsWith("@example.com");
    }

    @Override
    boolean half(User user) {
        Flag flag = flags.get("50-50");
        return flag != null && flag.on && bucket(flag, user.id()) < 50_000;
    }

    @Override
    String variants(User user) {
        Flag flag = flags.get("4-way");
        if (flag == null || !flag.on) {
            return "";
        }
        int bucket = bucket(flag, user.id());
        return bucket < 25_000 ? "a" : bucket < 50_000 ? "b" : bucket < 75_000 ? "c" : "d";
    }

    @Override
    boolean unknown(User user) {
        Flag flag = flags.get("unknown");
        return flag != null && flag.on;
    }

    @Override
    boolean list(User user) {
        Flag flag = flags.get("list");
        return flag != null && flag.on && flag.listed.contains(user.id());
    }

    /** Takes any id of ASCII characters. */
    private static int bucket(Flag flag, String id) {
        int hash = blocks(id, flag.afterPrefix);
        int tail = 0;
        for (int i = id.length() & ~3; i < id.length(); i++) {
            tail |= id.charAt(i) << (8 * (i & 3));
        }
        hash ^= scramble(tail) ^ (PREFIX_LENGTH + id.length());
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return (int) ((((hash ^ (hash >>> 16)) & 0xFFFF_FFFFL) * 100_000) >>> 32);
    }

    private static int blocks(String text, int seed) {
        int hash = seed;
        for (int i = 0; i + 4 <= text.length(); i += 4) {
            int block = text.charAt(i) | text.charAt(i + 1) << 8 | text.charAt(i + 2) << 16 | text.charAt(i + 3) << 24;
            hash = Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
        }
        return hash;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * 0xcc9e2d51, 15) * 0x1b873593;
    }
}
