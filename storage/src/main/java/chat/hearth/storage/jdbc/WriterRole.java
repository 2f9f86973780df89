package chat.hearth.storage.jdbc;

/// As what a process writes to a database.
enum WriterRole {
    /// The one server, which keeps in memory what the database says.
    SERVER,
    /// A command that makes a change beside the server, such as a new account.
    VISITOR
}
