package dev.guidon.store;

import dev.guidon.definition.Definitions;
import dev.guidon.definition.Revision;
import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A file, or all flag files of a directory, that are only read. There is no log beside them: the history begins when they are
 * opened and ends with the process.
 */
final class ReadOnlyFiles implements FileBackend {

    private static final GuardedLog LOG = GuardedLog.of(FileFlagStore.class);

    private final Path path;
    private final String why;
    private final FileSettings settings;
    private final FileHealth health;
    private final Settling settling;
    private final ChangeHistory history;
    private String problem = "";
    private boolean opened;

    private ReadOnlyFiles(Path path, String why, FileSettings settings, FileHealth health, Settling settling) {
        this.path = path;
        this.why = why;
        this.settings = settings;
        this.health = health;
        this.settling = settling;
        this.history = new ChangeHistory(
                Definitions.empty(Revision.initial(UUID.randomUUID().toString())), settings.logLength());
    }

    /**
     * Reads everything for the first time.
     *
     * @param why why it is read only, for people
     * @throws BrokenFileException if it cannot be read
     */
    static ReadOnlyFiles open(Path path, String why, FileSettings settings, FileHealth health, Settling settling)
            throws IOException {
        ReadOnlyFiles opened = new ReadOnlyFiles(path, why, settings, health, settling);
        opened.take(settling.settled(opened::look));
        return opened;
    }

    @Override
    public Definitions load() {
        return history.definitions();
    }

    @Override
    public CommittedChange commit(ChangeSet changeSet) {
        history.requireOpen();
        throw new FlagStoreException(path + " is read-only: " + why);
    }

    @Override
    public ChangeLog changes() {
        return history;
    }

    @Override
    public void poll() throws IOException {
        try {
            Stamp now = look();
            if (settling.ready(now)) {
                take(now);
            }
            health.become(problem.isEmpty() ? null : problem);
        } catch (BrokenFileException e) {
            problem = FileHealth.words(e);
            health.become(problem);
        }
    }

    @Override
    public void close() {
        history.close();
    }

    private void take(Stamp stamp) throws IOException {
        try {
            take();
        } catch (BrokenFileException e) {
            settling.take(stamp);
            throw e;
        }
        // At the end, so that what has failed half way is done again.
        settling.take(stamp);
    }

    private void take() throws IOException {
        List<Path> files = files();
        if (files.isEmpty()) {
            throw new BrokenFileException(path + ": holds no " + FlagText.EXTENSIONS + " file");
        }
        FlagFiles found = FlagFiles.read(files);
        problem = found.problem();
        if (!opened && !problem.isEmpty()) {
            throw new BrokenFileException(problem);
        }
        health.notice(found.notices());
        Definitions known = history.definitions();
        bring(OutsideEdit.of(found.over(known), known, List.of(), definition -> definition), known);
        found.requireReadable();
        opened = true;
    }

    private void bring(OutsideEdit edit, Definitions known) {
        if (edit.changed().isEmpty()) {
            history.rearrange(edit.definitions());
        } else {
            NextChange next = edit.commit(known, settings.clock().instant());
            history.append(next.entry(), next.definitions());
            LOG.info(
                    "{}: read, which is revision {}",
                    Shown.part(path.toString()),
                    next.entry().revision());
        }
    }

    private Stamp look() throws IOException {
        return Stamp.of(files());
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                boolean hidden = entry.getFileName().toString().startsWith(".");
                if (!hidden && FlagText.isFlagFile(entry) && !Files.isDirectory(entry)) {
                    files.add(entry);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        files.sort(null);
        return files;
    }
}
