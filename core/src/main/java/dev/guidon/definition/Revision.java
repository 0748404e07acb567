package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * A committed state of a namespace. Two revisions are the same state only if all three parts are equal: the change set's id
 * tells apart two histories that share a number, which a store can have after it lost acknowledged changes.
 *
 * @param epoch a random id made together with the namespace; another epoch is another history
 * @param number counts the commits of the epoch, from 1; 0 before the first
 * @param changeSet the id of the change set that made this state; empty at number 0
 */
public record Revision(String epoch, long number, String changeSet) {

    /** Definitions that come from no store. */
    public static final Revision NONE = new Revision("none", 0, "");

    /** Checks the parts. */
    public Revision {
        List<Problem> problems = new ArrayList<>();
        if (epoch.isEmpty()) {
            problems.add(Problem.at("epoch", epoch, "a text that is not empty"));
        }
        if (number < 0) {
            problems.add(Problem.at("number", number, "0 or more"));
        }
        if (changeSet.isEmpty() != (number == 0)) {
            problems.add(Problem.at("changeSet", changeSet, number == 0 ? "nothing at number 0" : "a change set's id"));
        }
        Problem.refuse(problems);
    }

    /**
     * The revision before the first commit.
     *
     * @param epoch the epoch
     * @return number 0
     */
    public static Revision initial(String epoch) {
        return new Revision(epoch, 0, "");
    }

    /**
     * The revision that a commit makes.
     *
     * @param changeSetId the change set's id
     * @return the next number of this epoch
     */
    public Revision next(String changeSetId) {
        return new Revision(epoch, number + 1, changeSetId);
    }

    /** {@return the number and the beginning of the epoch, for people} */
    @Override
    public String toString() {
        return number + "@" + Shown.part(epoch.substring(0, Math.min(8, epoch.length())));
    }
}
