package chat.hearth.migrations;

/// The databases that there are scripts for.
public enum DatabaseKind {
    /// An embedded SQLite file.
    SQLITE("sqlite"),
    /// A PostgreSQL server.
    POSTGRESQL("postgresql");

    private final String folder;

    DatabaseKind(String folder) {
        this.folder = folder;
    }

    /// The folder of the scripts on the class path.
    String location() {
        return "chat/hearth/migrations/" + folder;
    }
}
