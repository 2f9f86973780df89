package chat.hearth.bench.host;

/// Which database the server under load uses.
public enum DatabaseKind {
    /// The embedded one, `synchronous=FULL`.
    SQLITE("SQLite"),
    /// A real server from the build's dependencies, `fsync` and `synchronous_commit` on.
    POSTGRESQL("PostgreSQL");

    private final String title;

    DatabaseKind(String title) {
        this.title = title;
    }

    /// As it is written in tables.
    public String title() {
        return title;
    }
}
