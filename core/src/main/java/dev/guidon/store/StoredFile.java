package dev.guidon.store;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * Reads and replaces files as a whole. Streams are used, not channels: an interrupted thread would close a channel in the middle
 * of a write.
 */
final class StoredFile {

    /** Far above what flags take. */
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private StoredFile() {}

    /**
     * All bytes of a file.
     *
     * @throws NoSuchFileException if there is none
     * @throws BrokenFileException if it is no file, or larger than {@link #MOST_BYTES}
     */
    static byte[] read(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        requireFile(path);
        byte[] bytes;
        try (FileInputStream in = new FileInputStream(path.toFile())) {
            bytes = Files.size(path) > MOST_BYTES ? null : in.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw naming(path, e);
        }
        if (bytes == null || bytes.length > MOST_BYTES) {
            throw new BrokenFileException(
                    path + ": found more than " + MOST_BYTES + " bytes; allowed: at most " + MOST_BYTES);
        }
        return bytes;
    }

    /**
     * Refuses what is there and is no regular file, such as a pipe, which would be waited for, or a device, which has no end.
     *
     * @throws BrokenFileException if it is no file
     */
    static void requireFile(Path path) throws BrokenFileException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            String found = Files.isDirectory(path) ? "a directory" : "something that is no file";
            throw new BrokenFileException(path + ": found " + found + "; allowed: a file");
        }
    }

    /** A failure that says which file it is about: "No space left on device" comes without. */
    static IOException naming(Path path, IOException failure) {
        return failure instanceof FileSystemException || failure instanceof BrokenFileException
                ? failure
                : String.valueOf(failure.getMessage()).contains(path.toString())
                        ? failure
                        : new IOException(path + ": " + failure.getMessage(), failure);
    }

    /** Writes a file that lies beside another and has its permissions, and waits until it is on disk. */
    static void write(Path path, Iterable<byte[]> parts, Path like) throws IOException {
        Files.deleteIfExists(path);
        Files.createFile(path);
        copyPermissions(like, path);
        try (FileOutputStream out = new FileOutputStream(path.toFile())) {
            for (byte[] part : parts) {
                out.write(part);
            }
            out.getFD().sync();
        } catch (IOException e) {
            throw naming(path, e);
        }
    }

    /** Writes what is to replace a file into a hidden one beside it. */
    static Path writeBeside(Path file, byte[] bytes) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + ".tmp");
        write(beside, List.of(bytes), file);
        return beside;
    }

    /** Puts a file in place of another in one step, and waits until that is on disk. */
    static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(parent(to), StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Not every system can do this, and those cannot do better.
        }
    }

    /** Makes an empty file with the permissions of another, unless it exists. */
    static void createLike(Path path, Path like) throws IOException {
        if (!Files.exists(path)) {
            try {
                Files.createFile(path);
                copyPermissions(like, path);
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another process was faster.
            }
        }
    }

    /** The directory that a file lies in. */
    static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** The SHA-256 of some bytes in hexadecimal digits. */
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.exists(from)) {
            try {
                Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(from);
                Files.setPosixFilePermissions(to, permissions);
            } catch (UnsupportedOperationException e) {
                // Not a POSIX file system.
            }
        }
    }
}
