package chat.hearth.homeserver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrivateFilesTest {
    @TempDir private Path folder;

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void everythingThatAServerKeepsIsItsOwn() throws IOException {
        Path data = folder.resolve("deep/data");
        try (TestHearth server = TestHearth.start(data)) {
            server.register("alice");
            assertEquals("rwx------", mode(data));
            List<Path> kept;
            try (Stream<Path> files = Files.list(data)) {
                kept = files.toList();
            }
            assertTrue(kept.contains(data.resolve("hearth.db-wal")), kept.toString());
            for (Path file : kept) {
                assertEquals("rw-------", mode(file), file.toString());
            }
            assertEquals(List.of(), PrivateFiles.open(data));
        }
    }

    @Test
    void whatIsThereKeepsItsModeAndIsNamed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path database = Files.createFile(data.resolve("hearth.db"));
        Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("rw-r-----"));
        PrivateFiles.makeFolder(data);
        PrivateFiles.makeFile(database);
        PrivateFiles.makeFile(data.resolve("other"));
        assertEquals("rwxr-xr-x", mode(data));
        assertEquals("rw-r-----", mode(database));
        assertEquals(List.of(data, database), PrivateFiles.open(data));
    }

    @Test
    void theLogNamesWhatOthersCanAccess() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> warned = new ArrayList<>();
        var keeper = new Keeper(warned);
        Logger log = Logger.getLogger(PrivateFiles.class.getName());
        log.addHandler(keeper);
        try (TestHearth server = TestHearth.start(data)) {
            assertTrue(server.database().isWritable());
        } finally {
            log.removeHandler(keeper);
        }
        assertEquals(List.of(data.toString()), warned);
    }

    /// Keeps the parameters of what is logged.
    private static final class Keeper extends Handler {
        private final List<String> parameters;

        private Keeper(List<String> parameters) {
            this.parameters = parameters;
        }

        @Override
        public void publish(LogRecord entry) {
            for (Object parameter : entry.getParameters()) {
                parameters.add(parameter.toString());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));
        assertThrows(FileAlreadyExistsException.class, () -> PrivateFiles.makeFolder(file));
    }
}
