package chat.hearth.storage;

import java.nio.file.Path;

/// Which database to open and how.
public sealed interface DatabaseConfig {
    /// How many writes may wait for the journal before the next one has to wait for room.
    int QUEUE_DEFAULT = 4_096;

    /// How many writes may wait.
    int queueCapacity();

    /// An embedded database in one file.
    ///
    /// @param file the database file; its directory must exist
    /// @param readers how many threads read, 1 to 16
    /// @param queueCapacity how many writes may wait
    record Sqlite(Path file, int readers, int queueCapacity) implements DatabaseConfig {
        /// Refuses what cannot work.
        public Sqlite {
            if (readers < 1 || readers > 16 || queueCapacity < 1) {
                throw new IllegalArgumentException("1 to 16 readers, a queue of 1 or more");
            }
        }

        /// As many readers as there are processors, 2 to 4.
        public static Sqlite at(Path file) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Sqlite(file, Math.clamp(cores, 2, 4), QUEUE_DEFAULT);
        }
    }

    /// A PostgreSQL server.
    ///
    /// @param url a JDBC URL, `jdbc:postgresql:…`, without password
    /// @param user the role
    /// @param password the role's password, empty for none
    /// @param readers how many connections read, 1 to 200
    /// @param queueCapacity how many writes may wait
    record Postgres(String url, String user, String password, int readers, int queueCapacity)
            implements DatabaseConfig {
        /// Refuses what cannot work.
        public Postgres {
            if (readers < 1 || readers > 200 || queueCapacity < 1) {
                throw new IllegalArgumentException("1 to 200 readers, a queue of 1 or more");
            }
        }

        /// Ten readers.
        public static Postgres at(String url, String user, String password) {
            return new Postgres(url, user, password, 10, QUEUE_DEFAULT);
        }

        @Override
        public String toString() {
            return "Postgres[" + user + "]";
        }
    }
}
