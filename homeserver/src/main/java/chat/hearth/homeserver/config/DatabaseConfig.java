package chat.hearth.homeserver.config;

import org.jspecify.annotations.Nullable;

/// Where events and accounts are kept.
///
/// @param url which database
/// @param password of a PostgreSQL server, when it does not stand in the address
/// @param connectionsMax of PostgreSQL: how many connections are opened to read, at most
/// @param readers of SQLite: how many threads read at once
public record DatabaseConfig(
        @Option(
                        value =
                                "`sqlite:path`, relative to the data directory, or"
                                        + " `postgresql://user@host:port/database`.",
                        fallback = "sqlite:hearth.db")
                DatabaseUrl url,
        @Option("The password for PostgreSQL, when it does not stand in the address.")
                @Nullable Secret password,
        @Option(
                        value =
                                "PostgreSQL: how many connections are opened to read, beside the"
                                        + " one that writes.",
                        fallback = "10",
                        min = 2,
                        max = 200)
                int connectionsMax,
        @Option(
                        value =
                                "SQLite: how many threads read at once, beside the one that"
                                        + " writes.",
                        fallback = "4",
                        min = 1,
                        max = 16)
                int readers) {}
