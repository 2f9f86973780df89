package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.ServerControl.StartRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps a second server off a data directory: each would hold rooms in memory that the other
/// changes. The operating system drops the lock when the process dies.
final class DataLock implements AutoCloseable {
    private static final String FILE = "hearth.lock";

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the lock of `directory`, which is made when missing.
    ///
    /// @throws StartRefusedException when another server has it
    static DataLock take(Path directory) {
        try {
            PrivateFiles.makeFolder(directory);
            Path file = directory.resolve(FILE);
            PrivateFiles.makeFile(file);
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new StartRefusedException(
                        "Another server is running on " + directory + "; stop it first");
            }
            return new DataLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
