package dev.guidon.testkit;

import dev.guidon.definition.Definition;
import dev.guidon.definition.DefinitionKey;
import dev.guidon.definition.Flag;
import dev.guidon.definition.FlagType;
import dev.guidon.definition.FlagValue;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.definition.Version;
import dev.guidon.definition.Versioned;
import dev.guidon.store.Change;
import dev.guidon.store.ChangeLog;
import dev.guidon.store.ChangeLog.Read;
import dev.guidon.store.ChangeSet;
import dev.guidon.store.CommittedChange;
import dev.guidon.store.FlagStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the parts of the {@link FlagStoreContract} share: a backend provides these, and each test has a store of its own. */
abstract class ContractFixture {

    /** A read that has not come back after so long is one that waits. */
    private static final Duration WAITING = Duration.ofMillis(50);

    /** The store of this test, on data of its own. */
    FlagStore store;

    private Deque<FlagStore> opened;
    private ExecutorService threads;

    /**
     * Opens a store on data that no other test uses. It is empty, at revision 0. The contract closes it.
     *
     * @return a new store
     * @throws Exception if that fails, which fails the test
     */
    protected abstract FlagStore open() throws Exception;

    /**
     * Opens another connection to the data of a store, as another process would. The contract closes it.
     *
     * @param store a store that is open
     * @return another store on the same data; the same store, as it is unless overridden, if the data cannot be reached by two
     * @throws Exception if that fails, which fails the test
     */
    protected FlagStore openAnother(FlagStore store) throws Exception {
        return store;
    }

    /**
     * Opens a store on new data, of which the log is trimmed. Without it, the contract's tests of trimming are skipped.
     *
     * @param logLength how many commits the log keeps, or a few more
     * @return a new store; empty, as it is unless overridden, if the length cannot be set
     * @throws Exception if that fails, which fails the test
     */
    protected Optional<FlagStore> openWithLogLength(int logLength) throws Exception {
        return Optional.empty();
    }

    /**
     * Opens the data of this test's store again, after all connections to it were closed. Without it, the contract's tests of
     * durability are skipped.
     *
     * @return a new store on the same data; empty, as it is unless overridden, if the data ends with the store
     * @throws Exception if that fails, which fails the test
     */
    protected Optional<FlagStore> reopen() throws Exception {
        return Optional.empty();
    }

    /**
     * Takes a copy of the data of this test's store, to lose what is committed afterwards, as a failover to a replica that was behind does.
     * Without it, the contract's tests of lost commits are skipped.
     *
     * @return puts the copy in place of the data, while stores have it open; empty, as it is unless overridden, if no commit can be lost
     * @throws Exception if that fails, which fails the test
     */
    protected Optional<Runnable> copy() throws Exception {
        return Optional.empty();
    }

    /**
     * Loads a generation of the members of an external segment. Without it, the contract's tests of members are skipped.
     *
     * @param store a store that is open
     * @param segment the segment's key
     * @param generation the generation
     * @param members its members
     * @return true if that was done; false, as it is unless overridden, if the store keeps no members
     * @throws Exception if that fails, which fails the test
     */
    protected boolean putMembers(FlagStore store, String segment, String generation, Set<String> members)
            throws Exception {
        return false;
    }

    /**
     * How long the contract waits for what should happen soon before it calls that a failure.
     *
     * @return 30 seconds unless overridden
     */
    protected Duration patience() {
        return Duration.ofSeconds(30);
    }

    /**
     * How often each of eight writers changes the same flag.
     *
     * @return 100 unless overridden; less makes lost updates harder to see
     */
    protected int updatesPerWriter() {
        return 100;
    }

    @BeforeEach
    void openStore() throws Exception {
        opened = new ArrayDeque<>();
        threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "flag-store-contract");
            thread.setDaemon(true);
            return thread;
        });
        store = track(open());
    }

    @AfterEach
    void closeStores() {
        threads.shutdownNow();
        opened.forEach(FlagStore::close);
    }

    /** Lets a store be closed after the test. */
    FlagStore track(FlagStore toClose) {
        opened.push(toClose);
        return toClose;
    }

    /** Another connection to the data of this test's store. */
    FlagStore another() throws Exception {
        return track(openAnother(store));
    }

    /** Does something in a thread of its own. */
    <T> Future<T> start(Callable<T> work) {
        return threads.submit(work);
    }

    /** What a thread gives, within the contract's patience. */
    <T> T get(Future<T> future) throws Exception {
        try {
            return future.get(patience().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing happened for " + Shown.duration(patience()), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The same work in several threads at the same time. */
    <T> List<T> together(List<? extends Callable<T>> work) throws Exception {
        List<Future<T>> futures = new ArrayList<>();
        work.forEach(each -> futures.add(start(each)));
        List<T> results = new ArrayList<>();
        for (Future<T> each : futures) {
            results.add(get(each));
        }
        return results;
    }

    static ChangeSet set(Change... changes) {
        return ChangeSet.of("ann", "a test", List.of(changes));
    }

    /** Creates a definition. */
    static Change put(Definition definition) {
        return put(definition, Version.NONE);
    }

    /** Replaces what a commit wrote. */
    static Change put(Definition definition, CommittedChange last) {
        return put(definition, Version.of(last.revision()));
    }

    static Change put(Definition definition, Version expected) {
        return new Change.Put(definition, expected);
    }

    static Change remove(String flag, CommittedChange last) {
        return remove(flag, Version.of(last.revision()));
    }

    static Change remove(String flag, Version expected) {
        return new Change.Remove(DefinitionKey.flag(flag), expected);
    }

    /** A version that no commit of a test makes. */
    static Version foreign(long number) {
        return new Version(number, "another change set");
    }

    static Version version(@Nullable Versioned found) {
        return found == null ? Version.NONE : found.version();
    }

    static Versioned versioned(Definition definition, CommittedChange writer) {
        return new Versioned(definition, Version.of(writer.revision()));
    }

    /** A flag that holds a number. */
    static Flag number(String key, long number) {
        return Flag.of(key, FlagType.NUMBER, Map.of("n", FlagValue.of(number)), "n");
    }

    /** What a store holds under a key. */
    static Versioned stored(FlagStore store, DefinitionKey id) {
        Versioned found = store.load().get(id);
        if (found == null) {
            throw new AssertionError("expected " + id + " in the store, but there is none");
        }
        return found;
    }

    /** The number that a {@link #number} flag holds; 0 if there is none. */
    static long number(@Nullable Versioned flag) {
        return flag != null
                        && flag.definition() instanceof Flag read
                        && read.variants().get("n") instanceof FlagValue.Number number
                ? number.value().longValueExact()
                : 0;
    }

    /** Commits one new flag. */
    static CommittedChange create(FlagStore store, String flag) {
        return store.commit(set(put(Flag.bool(flag, true))));
    }

    /** The revision before all commits of a store. */
    static Revision beginning(FlagStore store) {
        return Revision.initial(store.changes().head().epoch());
    }

    /** The commits after a revision, at once. */
    static List<CommittedChange> after(FlagStore store, Revision revision) throws InterruptedException {
        List<CommittedChange> all = new ArrayList<>();
        Revision position = revision;
        while (true) {
            Read read = store.changes().read(position, 100, Duration.ZERO);
            if (!(read instanceof Read.Changes some)) {
                throw new AssertionError("expected the commits after " + position + " but found " + read);
            }
            if (some.changes().isEmpty()) {
                return all;
            }
            all.addAll(some.changes());
            position = all.get(all.size() - 1).revision();
        }
    }

    /** A read that waits for the next commit, and has begun to. */
    Future<Read> tail(ChangeLog log, Revision after) throws Exception {
        Future<Read> read = start(() -> log.read(after, 100, Duration.ofMinutes(10)));
        try {
            throw new AssertionError("there is no commit after " + after + " yet, but the read gave "
                    + read.get(WAITING.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return read;
        }
    }
}
