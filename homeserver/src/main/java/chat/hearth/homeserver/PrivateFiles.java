package chat.hearth.homeserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps what the server stores from the other users of the machine: folders are made with mode
/// 0700 and files with 0600, whatever the umask is. What is there already keeps its mode, since an
/// operator may have chosen it. File systems without such modes are left alone.
final class PrivateFiles {
    private static final Logger LOG = System.getLogger(PrivateFiles.class.getName());
    private static final Set<PosixFilePermission> FOLDER =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);
    private static final Set<PosixFilePermission> FILE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /// So many files of a folder are looked at and named.
    private static final int LOOKED_AT_MAX = 100;

    private PrivateFiles() {}

    /// Makes a folder unless it is there. Folders above it that are missing get the usual mode.
    static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
            Files.createDirectories(above);
        }
        try {
            Files.createDirectory(folder, attributes(folder, FOLDER));
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(folder)) {
                throw raced;
            }
        }
    }

    /// Makes an empty file unless it is there, and the folder that it is in.
    static void makeFile(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            makeFolder(folder);
        }
        try {
            Files.createFile(file, attributes(file, FILE));
        } catch (FileAlreadyExistsException raced) {
            // Somebody else made it meanwhile, as they chose.
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> mode) {
        return hasModes(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
                : new FileAttribute<?>[0];
    }

    private static boolean hasModes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /// Warns of a folder and the files in it when others than their owner can get at them.
    static void warnOfOpen(Path folder) {
        try {
            List<Path> open = open(folder);
            if (!open.isEmpty()) {
                LOG.log(
                        Level.WARNING,
                        "Other users of this machine can access the data. Run: chmod go-rwx {0}",
                        open.stream().map(Path::toString).collect(Collectors.joining(" ")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those of a folder and the files in it that others than their owner can get at.
    static List<Path> open(Path folder) throws IOException {
        if (!hasModes(folder)) {
            return List.of();
        }
        List<Path> open = new ArrayList<>();
        if (isOpen(folder)) {
            open.add(folder);
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.sorted().limit(LOOKED_AT_MAX).toList()) {
                if (Files.isRegularFile(entry) && isOpen(entry)) {
                    open.add(entry);
                }
            }
        }
        return List.copyOf(open);
    }

    private static boolean isOpen(Path path) throws IOException {
        return !FOLDER.containsAll(Files.getPosixFilePermissions(path));
    }
}
