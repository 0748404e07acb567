package dev.guidon.store;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Shown;
import dev.guidon.evaluation.SegmentMembers;
import dev.guidon.guard.GuardedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * A store that is a file: one YAML or JSON file that programs and people edit, with its history beside it. It needs no server
 * and may be used by several processes on one machine. A directory of such files can be read, not written.
 *
 * <p><b>Edits from outside.</b> The file is looked at every {@linkplain Builder#pollInterval poll interval}. When it has
 * changed, and looks the same twice in a row, its changes become a commit by {@code system:file}. A file that cannot be read is
 * left alone: the definitions stay as they were, {@link #status} and one log line say what is wrong with file, line and column,
 * and a mended file is taken up by itself. A file that has gone, or is empty, counts as broken, not as one that removes all
 * flags. A definition that cannot be read does not harm the others; it is kept as it was written. In a directory a broken file holds
 * back no edit of the others; until it is mended, nothing is removed, since it may have moved there.
 *
 * <p><b>Commits</b> write the whole file: order and unknown fields stay, comments and layout are lost. While the file is
 * broken nothing is committed, so that no edit is overwritten. An edit that is saved in the same instant in which a commit
 * replaces the file can be overwritten; editors do not lock files. Through a symbolic link the link's target is written.
 *
 * <p><b>The log.</b> Beside {@code flags.yaml} stand {@code flags.yaml.log}, which holds epoch, versions, and the last commits,
 * and {@code flags.yaml.lock}, which is empty. A commit has happened once it is on disk in the log; if the process is killed
 * before the file is written, the next one writes it. When the log is removed, a new epoch begins with what the file holds. A
 * log that is damaged is renamed to {@code flags.yaml.log.damaged-1} and a new epoch begins. Processes that share a file have
 * to call it by the same path.
 *
 * <p>The log has one JSON object a line:
 *
 * <pre>
 * {"guidonLog":1,"id":…,"epoch":…,"number":…,"changeSet":…,"file":…,"definitions":{…},"consumers":{…},"check":…}
 * {"commit":…,"changeSet":…,"previous":…,"at":…,"actor":…,"reason":…,"edits":{…},"from":…,"to":…,"check":…}
 * {"written":…,"check":…}
 * {"retain":…,"reached":…,"check":…}
 * {"release":…,"check":…}
 * </pre>
 *
 * {@code docs/file-store.md} describes them.
 *
 * <p>A directory, a file that the process cannot write, and a file that was opened {@linkplain Builder#readOnly read-only} have
 * no log: their history begins when they are opened, and a commit throws {@link FlagStoreException}.
 *
 * <p>Safe for use by many threads. A store has one daemon thread, which ends with {@link #close}. It keeps no members of external
 * segments. Paths are those of the default file system.
 */
public final class FileFlagStore implements FlagStore {

    private static final GuardedLog LOG = GuardedLog.of(FileFlagStore.class);

    private final String namespace;
    private final Path path;
    private final FileHealth health;
    private final FileBackend backend;
    private final FileWatcher watcher;

    private FileFlagStore(Builder builder, FileHealth health, FileBackend backend, FileWatcher watcher) {
        this.namespace = builder.namespace;
        this.path = builder.path;
        this.health = health;
        this.backend = backend;
        this.watcher = watcher;
    }

    /**
     * Opens a file or a directory with all defaults.
     *
     * @param path a file that ends with {@code .yaml}, {@code .yml} or {@code .json}, or a directory of such files
     * @return a store
     * @throws FlagStoreException if there is no such file, or if it cannot be read and there is no log beside it which holds
     *     the last good definitions; the message names file, line and column
     */
    public static FileFlagStore open(Path path) {
        return builder(path).open();
    }

    /**
     * A builder with all defaults.
     *
     * @param path a file that ends with {@code .yaml}, {@code .yml} or {@code .json}, or a directory of such files
     * @return a builder
     */
    public static Builder builder(Path path) {
        return new Builder(path);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    /** {@return {@code file} and the absolute path} */
    @Override
    public String origin() {
        return "file " + Shown.whole(path.normalize().toString());
    }

    @Override
    public Definitions load() {
        return backend.load();
    }

    /**
     * {@inheritDoc}
     *
     * @throws FlagStoreException also if the file is read-only, and while it cannot be read
     */
    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        return backend.commit(changeSet);
    }

    @Override
    public ChangeLog changes() {
        return backend.changes();
    }

    /** {@return nothing that knows anybody: this store keeps no members} */
    @Override
    public SegmentMembers members() {
        return SegmentMembers.NONE;
    }

    @Override
    public StoreStatus status() {
        return health.status();
    }

    @Override
    public void close() {
        health.close();
        watcher.stop();
        backend.close();
        watcher.close();
    }

    /** Sets up a {@link FileFlagStore}. Not safe for use by several threads. */
    public static final class Builder {

        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final Path path;
        private String namespace;
        private Clock clock = Clock.systemUTC();
        private Duration pollInterval = Duration.ofMillis(200);
        private int logLength = 10_000;
        private boolean createIfMissing;
        private boolean readOnly;

        private Builder(Path path) {
            this.path = path.toAbsolutePath();
            this.namespace = FlagText.name(path);
        }

        /**
         * The namespace; unless set, the name of the file without its ending, or of the directory.
         *
         * @param newNamespace the namespace
         * @return this builder
         * @throws IllegalArgumentException if it is blank, or would leave the line of a message
         */
        public Builder namespace(String newNamespace) {
            namespace = Namespace.check(newNamespace);
            return this;
        }

        /**
         * What tells the instants of commits; the system's clock unless set.
         *
         * @param newClock the clock
         * @return this builder
         */
        public Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /**
         * How often the store looks for edits and for commits of other processes; 200 ms unless set.
         *
         * @param interval 1 ms to 1 day
         * @return this builder
         */
        public Builder pollInterval(Duration interval) {
            pollInterval = interval;
            return this;
        }

        /**
         * How many commits the log keeps; 10,000 unless set. It keeps more while a
         * {@linkplain ChangeLog#retain retained} consumer needs them.
         *
         * @param commits at least 1
         * @return this builder
         */
        public Builder logLength(int commits) {
            logLength = commits;
            return this;
        }

        /**
         * Whether to make the file if there is none; false unless set. It is made from the log if there is one, else empty.
         *
         * @param create whether to make it
         * @return this builder
         */
        public Builder createIfMissing(boolean create) {
            createIfMissing = create;
            return this;
        }

        /**
         * Whether to leave the disk untouched: no log, no lock, no commits; false unless set.
         *
         * @param only whether to read only
         * @return this builder
         */
        public Builder readOnly(boolean only) {
            readOnly = only;
            return this;
        }

        /**
         * Opens the store.
         *
         * @return a store
         * @throws IllegalArgumentException if a setting is out of its range
         * @throws FlagStoreException as {@link FileFlagStore#open(Path)} says
         */
        public FileFlagStore open() {
            FileSettings settings = new FileSettings(pollInterval, clock, logLength, PATIENCE);
            FileHealth health = new FileHealth(clock);
            Settling settling = new Settling(pollInterval, clock);
            try {
                FileBackend backend = backend(settings, health, settling);
                FileWatcher watcher =
                        new FileWatcher("guidon-file-" + namespace, backend, health, settling, pollInterval);
                watcher.start();
                return new FileFlagStore(this, health, backend, watcher);
            } catch (IOException e) {
                throw new FlagStoreException(FileHealth.words(e), e);
            }
        }

        private FileBackend backend(FileSettings settings, FileHealth health, Settling settling) throws IOException {
            boolean exists = Files.exists(path);
            if (Files.isDirectory(path)) {
                return ReadOnlyFiles.open(path, "it is a directory", settings, health, settling);
            }
            if (!FlagText.isFlagFile(path)) {
                throw new FlagStoreException(path + ": found another ending; allowed: " + FlagText.EXTENSIONS);
            }
            if (!exists && !createIfMissing && !Files.exists(WritableFile.log(path))) {
                throw new FlagStoreException(path + ": not found");
            }
            if (readOnly) {
                return ReadOnlyFiles.open(path, "it was opened so", settings, health, settling);
            }
            if (!Files.isWritable(StoredFile.parent(path)) || (exists && !Files.isWritable(path))) {
                LOG.info(
                        "{}: this process cannot write it, or beside it, and opens it read-only",
                        Shown.part(path.toString()));
                return ReadOnlyFiles.open(path, "this process cannot write it", settings, health, settling);
            }
            return WritableFile.open(path, createIfMissing, settings, health, settling);
        }
    }
}
