package dev.guidon.audit;

/** How large faults are: short in every build, in full with the profile {@code faults}. */
final class Faults {

    /** How many change sets are committed while something is killed. */
    static final int CHANGES = Integer.getInteger("guidon.faults.changes", 2_000);

    /** How often it is killed. */
    static final int KILLS = Integer.getInteger("guidon.faults.kills", 3);

    /** How many change sets are committed while Kafka is down. */
    static final int COMMITS_DOWN = Integer.getInteger("guidon.faults.commits-down", 2_000);

    /** Settings of a relay that notices soon when another one has died. */
    static final Object[] IMPATIENT = {"session.timeout.ms", 2_000, "heartbeat.interval.ms", 500};

    static {
        print();
    }

    private Faults() {}

    @SuppressWarnings("SystemOut") // The build is to show what was tested.
    private static void print() {
        System.out.println("faults: " + CHANGES + " changes, " + KILLS + " kills, " + COMMITS_DOWN
                + " commits while Kafka is down");
    }
}
