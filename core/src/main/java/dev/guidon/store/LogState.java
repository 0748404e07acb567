package dev.guidon.store;

import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.CommittedChange.Edit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log of a file store says: the history, and which content the flag file should have. Guarded by the
 * {@link ProcessLock}.
 */
final class LogState {

    private final ChangeHistory history;
    private final int logLength;
    private String file = "";
    private String before = "";
    private String arranged = "";
    private int unwritten;
    private int records;

    LogState(ChangeHistory history, int logLength) {
        this.history = history;
        this.logLength = logLength;
    }

    /** The digest that the flag file should have. */
    String file() {
        return file;
    }

    /** Whether the last commits are only in the log, as far as is known: the flag file may still be as it was before. */
    boolean unwritten() {
        return unwritten > 0;
    }

    /** The digest that the flag file had before the last commit. */
    String before() {
        return before;
    }

    /** Which flag file's order and unknown fields the definitions have. */
    String arranged() {
        return arranged;
    }

    void arranged(String digest) {
        arranged = digest;
    }

    /** What the unwritten commits did, in order. */
    List<Edit> unwrittenEdits() {
        List<CommittedChange> entries = history.kept().entries();
        return entries.subList(Math.max(0, entries.size() - unwritten), entries.size()).stream()
                .flatMap(entry -> entry.edits().stream())
                .toList();
    }

    /** Whether most of the log file is no longer needed. */
    boolean wasteful() {
        KeptHistory kept = history.kept();
        return records > 2 * (kept.entries().size() + kept.consumers().size()) + 100;
    }

    /**
     * Goes on to a later state.
     *
     * @param read what was added to the log; it begins with a base if it is another log
     * @throws DamagedLogException if a record does not follow the one before
     */
    void apply(List<LogRecord> read) throws DamagedLogException {
        if (!read.isEmpty() && read.get(0) instanceof LogRecord.Base base) {
            ChangeHistory other = new ChangeHistory(base.definitions(), logLength);
            other.restart(
                    new KeptHistory(base.definitions().revision(), List.of(), base.definitions(), base.consumers()));
            file = base.file();
            before = base.file();
            unwritten = 0;
            arranged = "";
            records = 1;
            applyTo(other, read.subList(1, read.size()));
            history.restart(other.kept());
        } else {
            applyTo(history, read);
        }
    }

    /** Goes on to a commit that was added to the log just now. */
    void committed(NextChange next, String from, String to) {
        records++;
        commit(history, next, from, to);
    }

    /** The log file was made shorter. */
    void compacted(int newRecords) {
        records = newRecords;
    }

    private void commit(ChangeHistory target, NextChange next, String from, String to) {
        target.append(next.entry(), next.definitions());
        arranged = arranged.equals(from) ? to : arranged;
        before = from;
        file = to;
        unwritten = from.equals(to) ? 0 : unwritten + 1;
    }

    private void applyTo(ChangeHistory target, List<LogRecord> read) throws DamagedLogException {
        for (LogRecord each : read) {
            records++;
            if (each instanceof LogRecord.Commit commit) {
                commit(target, next(commit, target), commit.from(), commit.to());
            } else if (each instanceof LogRecord.Written written) {
                file = written.digest();
                before = written.digest();
                unwritten = 0;
            } else if (each instanceof LogRecord.Retain retain) {
                target.retain(retain.consumer(), retain.reached());
            } else if (each instanceof LogRecord.Release release) {
                target.release(release.consumer());
            } else {
                throw new DamagedLogException("a log begins in the middle of another");
            }
        }
    }

    private static NextChange next(LogRecord.Commit commit, ChangeHistory target) throws DamagedLogException {
        Revision head = target.head();
        Revision next = head.next(commit.changeSet());
        if (next.number() != commit.number() || !head.changeSet().equals(commit.previous())) {
            throw new DamagedLogException("commit " + commit.number() + " stands after commit " + head.number());
        }
        Map<DefinitionKey, @Nullable Versioned> changed = new LinkedHashMap<>();
        commit.edits()
                .forEach((id, after) -> changed.put(id, after == null ? null : new Versioned(after, Version.of(next))));
        return NextChange.of(next, commit.actor(), commit.reason(), changed, target.definitions(), commit.at());
    }
}
