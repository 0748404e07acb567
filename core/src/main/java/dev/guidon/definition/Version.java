package dev.guidon.definition;

import java.util.ArrayList;
import java.util.List;

/**
 * Which commit wrote a definition. Two versions are the same only if both parts are equal: after a store has lost acknowledged
 * commits, their numbers come again, but the ids of change sets never do.
 *
 * @param number the number of the revision that wrote the definition; 0 for {@link #NONE}
 * @param changeSet the id of the change set that wrote it; empty for {@link #NONE}
 */
public record Version(long number, String changeSet) {

    /** The version of what does not exist, or comes from no store. */
    public static final Version NONE = new Version(0, "");

    /** Checks the parts. */
    public Version {
        List<Problem> problems = new ArrayList<>();
        if (number < 0) {
            problems.add(Problem.at("number", number, "0 or more"));
        }
        if (changeSet.isEmpty() != (number == 0)) {
            problems.add(Problem.at("changeSet", changeSet, number == 0 ? "nothing at number 0" : "a change set's id"));
        }
        Problem.refuse(problems);
    }

    /**
     * The version of everything that a commit writes.
     *
     * @param revision the revision that the commit made
     * @return its number and its change set
     */
    public static Version of(Revision revision) {
        return new Version(revision.number(), revision.changeSet());
    }

    /** {@return the number and the change set, for people} */
    @Override
    public String toString() {
        return number == 0 ? "none" : number + " of change set " + Shown.part(changeSet);
    }
}
