package chat.hearth.homeserver.ops;

import chat.hearth.storage.StorageException;
import chat.hearth.storage.jdbc.Database;

/// Whether the server can do its work, as health checks and the welcome page tell it.
public enum Health {
    /// The database can be read and written.
    WELL("well"),
    /// The database can only be read, as with a full disk.
    READS_ONLY("the database cannot be written to"),
    /// The database cannot be read.
    SILENT("the database does not answer");

    private final String words;

    Health(String words) {
        this.words = words;
    }

    /// The health of a server on `database`, which is asked.
    public static Health of(Database database) {
        try {
            // No room has this number: the answer does not matter, only that there is one.
            var _ = database.stores().rooms().find(0);
            return database.isWritable() ? WELL : READS_ONLY;
        } catch (StorageException e) {
            return SILENT;
        }
    }

    /// What it is, to a person.
    public String words() {
        return words;
    }
}
