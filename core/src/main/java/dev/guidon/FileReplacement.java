package dev.guidon;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Replaces a file as a whole, readable by its owner alone: whoever reads it sees the old or the new one, after a crash too. */
final class FileReplacement {

    private FileReplacement() {}

    /**
     * Puts a file in place of another, and waits until it is on disk. Makes its folder if there is none.
     *
     * @throws IOException if that cannot be done; the old file is then as it was
     */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) {
            throw new IOException("it is no file");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(Files.isDirectory(file) ? "it is a folder" : "it is no file");
        }
        Files.createDirectories(folder);
        Path written = Files.createTempFile(folder, name + ".", ".tmp", ownersOnly(folder));
        try {
            try (FileOutputStream out = new FileOutputStream(written.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            // Not every system can do this, and those cannot do better.
        }
    }

    private static FileAttribute<?>[] ownersOnly(Path folder) {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
