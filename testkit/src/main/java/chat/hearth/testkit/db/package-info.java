/// Databases for tests: a fresh one for each test class, on SQLite and on a real PostgreSQL.
@NullMarked
package chat.hearth.testkit.db;

import org.jspecify.annotations.NullMarked;
