package chat.hearth.homeserver.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/// Finds files with secrets that any user of the machine can read. That the server's group may read
/// them is usual where an operator keeps them, and fine.
final class SecretFiles {
    private final List<String> warnings;

    /// Reports to `warnings`.
    SecretFiles(List<String> warnings) {
        this.warnings = warnings;
    }

    /// Warns when others can read a file.
    ///
    /// @param where what names the file, for a person
    void check(String where, Path file) {
        if (isReadableByOthers(file)) {
            warnings.add(
                    where
                            + ": every user of this machine can read "
                            + (file + ", which may hold secrets. Run: chmod o-rwx " + file));
        }
    }

    private static boolean isReadableByOthers(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException unknown) {
            // Reading it will tell what is wrong; some file systems have other permissions.
            return false;
        }
    }
}
