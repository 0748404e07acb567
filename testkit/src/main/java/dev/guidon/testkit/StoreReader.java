package dev.guidon.testkit;

import dev.guidon.definition.Definitions;
import dev.guidon.evaluation.Snapshot;
import dev.guidon.evaluation.SnapshotCompiler;
import dev.guidon.store.FlagStore;
import dev.guidon.store.FlagStoreException;
import java.time.Clock;
import java.util.function.Supplier;

/** What a store says at the moment; what it said last when it cannot be reached. */
final class StoreReader implements Supplier<Snapshot> {

    private final FlagStore store;
    private final SnapshotCompiler compiler;
    private volatile Snapshot last;

    StoreReader(FlagStore store) {
        this.store = store;
        this.compiler = new SnapshotCompiler(Clock.systemUTC(), store.members());
        this.last = compiler.compile(store.load());
    }

    @Override
    public Snapshot get() {
        try {
            Definitions now = store.load();
            return now.revision().equals(last.revision()) ? last : next(now);
        } catch (FlagStoreException unreachable) {
            return last;
        }
    }

    private synchronized Snapshot next(Definitions now) {
        if (!now.revision().equals(last.revision())) {
            last = compiler.compile(now);
        }
        return last;
    }
}
