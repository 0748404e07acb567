package dev.guidon.migrate;

import dev.guidon.definition.Shown;
import java.util.List;

/**
 * What became of one part of an export.
 *
 * @param subject what it is about, for example {@code flag checkout}, {@code segment beta} or {@code export} for the whole
 * @param outcome what became of it
 * @param notes remarks or reasons, each on one line; those about a field begin with its path in the export; empty if
 *     and only if it was imported without a remark
 */
public record Finding(String subject, Outcome outcome, List<String> notes) {

    /** Copies the notes. */
    public Finding {
        subject = Shown.part(subject);
        notes = notes.stream().map(Shown::message).toList();
    }

    /** What can become of a part of an export. */
    public enum Outcome {
        /** It answers as before. */
        IMPORTED("imported"),
        /** It was imported, and there is something to know or to do. */
        REMARKED("imported with a remark"),
        /** It was imported without a part that is not known, or answers some otherwise than before. */
        LOSSY("imported with a loss"),
        /** It was left out. */
        REFUSED("refused");

        private final String text;

        Outcome(String text) {
            this.text = text;
        }

        /** {@return the outcome in words} */
        @Override
        public String toString() {
            return text;
        }
    }

    /** {@return the subject and the outcome, and each note on a line of its own} */
    @Override
    public String toString() {
        return subject + ": " + outcome
                + String.join("", notes.stream().map(note -> "\n  " + note).toList());
    }
}
