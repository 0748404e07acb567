package dev.guidon.store;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A flag file and the log beside it. The log is the truth: the flag file is made from it, and what else is found in the flag
 * file is added to the log first. Everything here is called under the {@link ProcessLock}.
 */
final class LoggedFile {

    private static final GuardedLog LOG = GuardedLog.of(FileFlagStore.class);
    private static final int MOST_ATTEMPTS = 5;

    private final Path path;
    private final FlagText text;
    private final LogFile log;
    private final LogState state;
    private final ChangeHistory history;
    private final Clock clock;
    private final FileHealth health;
    private final Settling settling;
    private volatile @Nullable String problem;
    private boolean broken;

    LoggedFile(
            Path path,
            LogFile log,
            ChangeHistory history,
            FileSettings settings,
            FileHealth health,
            Settling settling) {
        this.path = path;
        this.text = FlagText.of(path);
        this.log = log;
        this.state = new LogState(history, settings.logLength());
        this.history = history;
        this.clock = settings.clock();
        this.health = health;
        this.settling = settling;
    }

    /** Whether the flag file has yet to be brought into agreement with the log, and that may help now. */
    boolean isBehind() {
        return !broken && (state.unwritten() || !state.arranged().equals(state.file()));
    }

    /** What was wrong with the flag file when it was read or written last; null if nothing was. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Makes the flag file if there is none: as the log says, or else an empty one. */
    void create() throws IOException {
        if (!Files.exists(path)) {
            if (log.exists()) {
                catchUp();
            }
            StoredFile.move(StoredFile.writeBeside(path, text.format(history.definitions())), path);
        }
    }

    /** Reads what others have added to the log. Begins a new log if there is none that can be read. */
    void catchUp() throws IOException {
        try {
            if (!log.exists()) {
                begin();
            } else if (log.changed()) {
                log.wholly(() -> {
                    state.apply(log.readOn());
                    log.applied();
                });
            }
        } catch (DamagedLogException e) {
            Path aside = log.setAside();
            LOG.error(
                    "{}: {}; it was set aside as {}, a new history begins",
                    log,
                    e.getMessage(),
                    Shown.part(aside.toString()));
            begin();
        }
    }

    /** Adds records to the log. */
    void append(List<LogRecord> records) throws IOException {
        add(records, true);
        compact();
    }

    /**
     * Commits to the log, and then to the flag file. Once it stands in the log it is a commit, whatever becomes of the file: that
     * is tried again.
     *
     * @param agreed how the flag file is, in agreement with the log
     */
    void commit(NextChange next, Stamp agreed) throws IOException {
        byte[] bytes = text.format(next.definitions());
        append(next, state.file(), StoredFile.digest(bytes));
        try {
            if (save(bytes, agreed) == null) {
                adopt();
            }
            compact();
        } catch (IOException | FlagStoreException e) {
            problem = FileHealth.words(e);
            health.become(problem);
        }
    }

    /**
     * Brings the flag file and the log into agreement.
     *
     * @return how the flag file is then
     * @throws BrokenFileException if the flag file cannot be read
     */
    Stamp adopt() throws IOException {
        try {
            for (int i = 0; i < MOST_ATTEMPTS; i++) {
                Stamp agreed = agree(Stamp.of(path));
                if (agreed != null) {
                    settling.take(agreed);
                    problem = null;
                    broken = false;
                    health.become(null);
                    return agreed;
                }
            }
            throw new BrokenFileException(path + ": changes all the time");
        } catch (IOException e) {
            problem = FileHealth.words(e);
            broken = e instanceof BrokenFileException;
            health.become(problem);
            throw e;
        }
    }

    private @Nullable Stamp agree(Stamp stamp) throws IOException {
        byte[] bytes = read(stamp);
        String found = StoredFile.digest(bytes);
        if (found.equals(state.file())) {
            if (state.unwritten()) {
                written(found);
            }
            if (!found.equals(state.arranged())) {
                arrange(edit(bytes, stamp), found);
            }
            return stamp;
        }
        boolean asBefore = state.unwritten() && found.equals(state.before());
        if (!asBefore && !settling.settled(() -> Stamp.of(path)).equals(stamp)) {
            return null;
        }
        OutsideEdit edit = edit(bytes, stamp);
        if (edit.changed().isEmpty()) {
            arrange(edit, found);
        } else {
            NextChange next = edit.commit(history.definitions(), clock.instant());
            append(next, found, edit.complete() ? found : StoredFile.digest(text.format(next.definitions())));
            LOG.info(
                    "{}: was edited, which is revision {}",
                    Shown.part(path.toString()),
                    next.entry().revision());
        }
        if (!edit.complete()) {
            return save(text.format(history.definitions()), stamp);
        }
        if (edit.changed().isEmpty()) {
            written(found);
        }
        return stamp;
    }

    private byte[] read(Stamp stamp) throws IOException {
        try {
            return StoredFile.read(path);
        } catch (NoSuchFileException e) {
            settling.take(stamp);
            throw new BrokenFileException(path + ": not found");
        }
    }

    private OutsideEdit edit(byte[] bytes, Stamp stamp) throws IOException {
        return OutsideEdit.of(parse(bytes, stamp), history.definitions(), state.unwrittenEdits(), text::reread);
    }

    private Definitions parse(byte[] bytes, Stamp stamp) throws IOException {
        try {
            FlagText.Content content = text.parse(bytes);
            health.notice(content.notices());
            return content.definitions();
        } catch (BrokenFileException e) {
            settling.take(stamp);
            throw e;
        }
    }

    /** Gives the definitions the order and the unknown fields of a flag file. */
    private void arrange(OutsideEdit edit, String digest) {
        if (edit.changed().isEmpty()) {
            history.rearrange(edit.definitions());
        }
        state.arranged(digest);
    }

    private void append(NextChange next, String from, String to) throws IOException {
        log.wholly(() -> {
            log.append(List.of(LogRecord.Commit.of(next.entry(), from, to)), true);
            state.committed(next, from, to);
        });
    }

    private void written(String digest) throws IOException {
        add(List.of(new LogRecord.Written(digest)), false);
    }

    private void add(List<LogRecord> records, boolean durable) throws IOException {
        log.wholly(() -> {
            log.append(records, durable);
            state.apply(records);
        });
    }

    /**
     * Writes the flag file.
     *
     * @param expected how it is as far as is known
     * @return how it is then; null if it is not as expected, in which case it is not written
     */
    private @Nullable Stamp save(byte[] bytes, Stamp expected) throws IOException {
        Path real = path.toRealPath();
        Path temporary = StoredFile.writeBeside(real, bytes);
        Stamp saved = Stamp.of(temporary).renamed(path);
        if (!Stamp.of(path).equals(expected)) {
            Files.delete(temporary);
            return null;
        }
        StoredFile.move(temporary, real);
        settling.take(saved);
        String digest = StoredFile.digest(bytes);
        written(digest);
        state.arranged(digest);
        return saved;
    }

    /** Begins a log with what the flag file holds. */
    private void begin() throws IOException {
        Stamp stamp = settling.settled(() -> Stamp.of(path));
        byte[] bytes = read(stamp);
        String digest = StoredFile.digest(bytes);
        Definitions nothing =
                Definitions.empty(Revision.initial(UUID.randomUUID().toString()));
        OutsideEdit edit = OutsideEdit.of(parse(bytes, stamp), nothing, List.of(), definition -> definition);
        LogRecord.Base base = new LogRecord.Base(UUID.randomUUID().toString(), nothing, digest, Map.of());
        List<LogRecord> records = new ArrayList<>();
        if (!edit.changed().isEmpty()) {
            CommittedChange first = edit.commit(nothing, clock.instant()).entry();
            records.add(LogRecord.Commit.of(first, digest, digest));
        }
        log.wholly(() -> {
            log.replace(base, records);
            records.add(0, base);
            state.apply(records);
            log.applied();
        });
        LOG.info("{}: a new history begins, {}", Shown.part(path.toString()), history.head());
    }

    /** Leaves out of the log file what is no longer needed. If that fails, the longer one is as good. */
    private void compact() {
        if (!state.wasteful() || state.unwritten()) {
            return;
        }
        try {
            KeptHistory kept = history.kept();
            LogRecord.Base base =
                    new LogRecord.Base(UUID.randomUUID().toString(), kept.start(), state.file(), kept.consumers());
            List<LogRecord> records = new ArrayList<>();
            kept.entries().forEach(entry -> records.add(LogRecord.Commit.of(entry, state.file(), state.file())));
            log.replace(base, records);
            log.applied();
            state.compacted(records.size() + 1);
        } catch (IOException e) {
            LOG.warn("{}: could not be made shorter: {}", log, FileHealth.words(e));
        }
    }
}
