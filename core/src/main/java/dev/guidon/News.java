package dev.guidon;

import dev.guidon.definition.Revision;
import dev.guidon.store.CommittedChange;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What listeners are called with. */
sealed interface News {

    /** How many calls of a listener it takes. */
    default int calls() {
        return 1;
    }

    /**
     * Calls a listener.
     *
     * @param call which of the calls, from 0 on
     */
    void tell(FlagsListener listener, int call);

    record OfFlags(Revision revision, Set<String> flags) implements News {
        @Override
        public void tell(FlagsListener listener, int call) {
            listener.flagsChanged(revision, flags);
        }
    }

    /** Without the definitions, which may be large. */
    record OfCommits(List<Commit> commits, Instant at) implements News {

        static OfCommits of(List<CommittedChange> changes, Instant at) {
            return new OfCommits(
                    changes.stream()
                            .map(change -> new Commit(change.revision(), change.at()))
                            .toList(),
                    at);
        }

        @Override
        public int calls() {
            return commits.size();
        }

        @Override
        public void tell(FlagsListener listener, int call) {
            Commit commit = commits.get(call);
            listener.commitApplied(commit.revision(), commit.committed(), at);
        }

        private record Commit(Revision revision, Instant committed) {}
    }

    record OfStatus(ClientStatus status) implements News {
        @Override
        public void tell(FlagsListener listener, int call) {
            listener.statusChanged(status);
        }
    }
}
