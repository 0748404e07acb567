package dev.guidon.store;

import dev.guidon.definition.Shown;
import dev.guidon.guard.GuardedLog;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The log file of a {@link FileFlagStore}, as a sequence of records. Everything but {@link #changed} is called under the
 * {@link ProcessLock}.
 */
final class LogFile {

    private static final GuardedLog LOG = GuardedLog.of(FileFlagStore.class);

    /** The first bytes, which hold the random id: enough to know the file again. */
    private static final int BEGINNING = 64;

    private final Path path;
    private final Path like;
    private byte[] beginning = {};
    private long position;
    private Stamp read = Stamp.MISSING;
    private volatile Stamp applied = Stamp.MISSING;

    /**
     * A log file.
     *
     * @param path where it is
     * @param like the file whose permissions it gets when it is made
     */
    LogFile(Path path, Path like) {
        this.path = path;
        this.like = like;
    }

    /** Whether there is something that was not read and applied yet. */
    boolean changed() throws IOException {
        return !Stamp.of(path).equals(applied);
    }

    /** What was read is part of the state now, for all threads to see. */
    void applied() {
        applied = read;
    }

    /** Does what changes log and state together. If it fails half way, the whole log is read again before anything else is done. */
    void wholly(Step step) throws IOException {
        boolean done = false;
        try {
            step.take();
            done = true;
        } finally {
            if (!done) {
                forget();
            }
        }
    }

    /** Part of a change. */
    @FunctionalInterface
    interface Step {
        void take() throws IOException;
    }

    private void forget() {
        beginning = new byte[0];
        position = 0;
        read = Stamp.MISSING;
        applied = Stamp.MISSING;
    }

    boolean exists() throws IOException {
        StoredFile.requireFile(path);
        return Files.exists(path) && Files.size(path) > 0;
    }

    /**
     * What was added since it was read last. The list begins with a {@link LogRecord.Base} if it is another file than then:
     * everything before is void.
     *
     * @throws DamagedLogException if it is not such a log, or no longer
     */
    List<LogRecord> readOn() throws IOException {
        Stamp now = Stamp.of(path);
        List<LogRecord> records = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(new FileInputStream(path.toFile()), 1 << 16)) {
            byte[] first = in.readNBytes(BEGINNING);
            if (!LogCodec.beginsLog(first)) {
                throw new DamagedLogException("it does not begin as a log does");
            }
            boolean same = Arrays.equals(first, beginning) && position <= Files.size(path);
            if (same) {
                in.skipNBytes(position - first.length);
            }
            Lines lines = same
                    ? new Lines(in, position)
                    : new Lines(new SequenceInputStream(new ByteArrayInputStream(first), in), 0);
            readOn(lines, records);
            if (!same && !(records.get(0) instanceof LogRecord.Base)) {
                throw new DamagedLogException("it does not begin as a log does");
            }
            beginning = first;
            position = lines.end();
            read = position == Files.size(path) ? now : truncated(position);
        }
        return records;
    }

    /** Adds records and waits until they are on disk, if they have to be. Leaves the file as it was if that fails. */
    void append(List<LogRecord> records, boolean durable) throws IOException {
        if (Files.size(path) != position) {
            // The rest of a line that could be neither written nor taken back.
            truncated(position);
        }
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (LogRecord each : records) {
            lines.write(encoded(each));
        }
        try (FileOutputStream out = new FileOutputStream(path.toFile(), true)) {
            lines.writeTo(out);
            if (durable) {
                out.getFD().sync();
            }
        } catch (IOException e) {
            truncated(position);
            throw StoredFile.naming(path, e);
        }
        position += lines.size();
        read = Stamp.of(path);
        applied = read;
    }

    /** Puts another log in place of this one. */
    void replace(LogRecord.Base base, List<LogRecord> records) throws IOException {
        List<LogRecord> all = new ArrayList<>(records);
        all.add(0, base);
        Path next = path.resolveSibling(path.getFileName() + ".tmp");
        StoredFile.write(next, () -> all.stream().map(LogFile::encoded).iterator(), like);
        StoredFile.move(next, path);
        beginning = Arrays.copyOf(encoded(base), BEGINNING);
        position = Files.size(path);
        read = Stamp.of(path);
    }

    /** Moves a log that cannot be read out of the way, for people to look at. */
    Path setAside() throws IOException {
        int n = 1;
        Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + n);
        while (Files.exists(aside)) {
            n++;
            aside = path.resolveSibling(path.getFileName() + ".damaged-" + n);
        }
        StoredFile.move(path, aside);
        return aside;
    }

    /** {@return where it is, for people} */
    @Override
    public String toString() {
        return Shown.part(path.toString());
    }

    private void readOn(Lines lines, List<LogRecord> records) throws IOException {
        for (byte[] line = lines.next(); line.length > 0; line = lines.next()) {
            long at = lines.end() - line.length;
            try {
                records.add(LogCodec.decode(new String(line, StandardCharsets.UTF_8)));
            } catch (FlagStoreException e) {
                throw new FlagStoreException(path + ": " + e.getMessage(), e);
            } catch (IllegalArgumentException e) {
                if (lines.next().length > 0 || (records.isEmpty() && at == 0)) {
                    throw new DamagedLogException("at byte " + at + ": " + e.getMessage(), e);
                }
                lines.end = at;
                LOG.warn("{}: the last line was not written completely ({} bytes) and is dropped", this, line.length);
            }
        }
    }

    private static byte[] encoded(LogRecord line) {
        return (LogCodec.encode(line) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private Stamp truncated(long end) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(end);
        } catch (IOException e) {
            throw StoredFile.naming(path, e);
        }
        return Stamp.of(path);
    }

    /** The lines of a log, each with its line feed. */
    private static final class Lines {

        private final InputStream in;
        private long end;

        Lines(InputStream in, long start) {
            this.in = in;
            this.end = start;
        }

        /** Where the line that was read last ends. */
        long end() {
            return end;
        }

        /** The next line, the rest if it has no line feed, nothing at the end. */
        byte[] next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
            for (int next = in.read(); next >= 0; next = in.read()) {
                line.write(next);
                if (next == '\n') {
                    break;
                }
            }
            end += line.size();
            return line.toByteArray();
        }
    }
}
