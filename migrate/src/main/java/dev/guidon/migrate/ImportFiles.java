package dev.guidon.migrate;

import dev.guidon.definition.Shown;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/** The files of {@link Import}. */
final class ImportFiles {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int MOST_MEBIBYTES = 256;

    private ImportFiles() {}

    /**
     * The text of an export.
     *
     * @throws IllegalArgumentException if it is no regular file, which could be without end, or is too long
     */
    static String read(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String allowed = "; allowed: a regular file of at most " + MOST_MEBIBYTES + " MiB";
        if (!attributes.isRegularFile()) {
            String what = attributes.isDirectory() ? "a directory" : "a pipe or a device";
            throw new IllegalArgumentException("--in: found " + Shown.part(file.toString()) + ", " + what + allowed);
        } else if (attributes.size() > (long) MOST_MEBIBYTES * MEBIBYTE) {
            throw new IllegalArgumentException(
                    "--in: found " + Shown.part(file.toString()) + " with " + attributes.size() + " bytes" + allowed);
        }
        return Files.readString(file);
    }

    /** Puts a text into a file, which has the whole of it or is as it was, also if the process is killed. */
    static void replace(Path out, String text) throws IOException {
        Path file = Files.exists(out) ? out.toRealPath() : out.toAbsolutePath();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, text);
            return;
        }
        Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
