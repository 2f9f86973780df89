package chat.hearth.storage.jdbc;

/// The connection that the running code is inside of.
///
/// @param connection the connection
/// @param writing whether it is the writer's
record Session(SqlConnection connection, boolean writing) {}
