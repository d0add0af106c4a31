package dev.afterimage.core.spool;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * Files that their owner alone may read, where the file system knows owners: they hold the application's data. Opened as
 * {@link RandomAccessFile}, since a channel is closed for good, and its lock lost, when its thread is interrupted.
 */
public final class PrivateFiles {

    private static final FileAttribute<?>[] NONE = {};

    private PrivateFiles() {}

    /** Makes a directory and those above it. */
    public static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, permissions(directory, "rwx------"));
    }

    /** Opens a file for reading and writing; makes it if it is not there. */
    public static RandomAccessFile open(Path file) throws IOException {
        try {
            Files.createFile(file, permissions(file, "rw-------"));
        } catch (FileAlreadyExistsException known) {
            // As wanted.
        }
        return new RandomAccessFile(file.toFile(), "rw");
    }

    /**
     * The wanted files of a directory, by name. A loop, since the streams' classes would be loaded by the application's
     * start.
     */
    public static List<Path> list(Path directory, Predicate<Path> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path file : all) {
                if (wanted.test(file)) {
                    found.add(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(found);
        return found;
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }

    /** Reads from a position until the bytes are full or the file ends; answers how many were read. */
    public static int read(RandomAccessFile file, long position, byte[] to, int from, int length) throws IOException {
        file.seek(position);
        int total = 0;
        for (int read = 0; read >= 0 && total < length; total += Math.max(read, 0)) {
            read = file.read(to, from + total, length - total);
        }
        return total;
    }

    /** Writes bytes at a position. */
    public static void write(RandomAccessFile file, long position, byte[] bytes, int length) throws IOException {
        file.seek(position);
        file.write(bytes, 0, length);
    }
}
