package chat.hearth.storage.jdbc;

import chat.hearth.storage.Stores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Tests that share a database of one kind.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnOneDatabase {
    /// Text that a database might change.
    static final String NUL = "a\0b\u001ac";

    protected OpenDatabase open;
    protected Stores stores;

    abstract OpenDatabase openFresh(Path directory);

    @BeforeAll
    void openDatabase(@TempDir Path directory) {
        open = openFresh(directory);
        stores = open.stores();
    }

    @AfterAll
    void closeDatabase() {
        open.close();
    }
}
