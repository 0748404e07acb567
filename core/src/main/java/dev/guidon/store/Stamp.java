package dev.guidon.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells cheaply that files have changed. Symbolic links are followed, so a link that is switched is a change too.
 *
 * @param files one for each file that exists, in order
 */
record Stamp(List<Attributes> files) {

    /** No file. */
    static final Stamp MISSING = new Stamp(List.of());

    /** Copies the list. */
    Stamp {
        files = List.copyOf(files);
    }

    /**
     * How a file is.
     *
     * @param path where
     * @param modified when it was written last, by the file system's clock
     * @param size in bytes
     * @param fileKey which file it is, for example its inode; null if the file system cannot tell
     */
    record Attributes(
            Path path,
            FileTime modified,
            long size,
            @Nullable Object fileKey) {}

    /** How files are now; those which do not exist are left out. */
    static Stamp of(Iterable<Path> paths) throws IOException {
        List<Attributes> files = new ArrayList<>();
        for (Path path : paths) {
            try {
                BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
                files.add(new Attributes(path, found.lastModifiedTime(), found.size(), found.fileKey()));
            } catch (NoSuchFileException e) {
                // Left out.
            }
        }
        return new Stamp(files);
    }

    /** How a file is now. */
    static Stamp of(Path path) throws IOException {
        return of(List.of(path));
    }

    /** The same files under the name that they are moved to. */
    Stamp renamed(Path path) {
        return new Stamp(files.stream()
                .map(file -> new Attributes(path, file.modified(), file.size(), file.fileKey()))
                .toList());
    }

    /** Whether all files were written before an instant. */
    boolean isBefore(Instant instant) {
        return files.stream().allMatch(file -> file.modified().toInstant().isBefore(instant));
    }
}
