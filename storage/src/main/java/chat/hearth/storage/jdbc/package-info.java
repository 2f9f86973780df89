/// The stores over JDBC, for SQLite and PostgreSQL alike.
///
/// [chat.hearth.storage.jdbc.Database] opens and closes; the journal's one thread owns the one
/// connection that writes; reads take one of few connections. What differs between the two
/// databases are the methods of `SqlDialect`, nothing else.
@NullMarked
package chat.hearth.storage.jdbc;

import org.jspecify.annotations.NullMarked;
