package chat.hearth.homeserver.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which database the server keeps its data in.
public sealed interface DatabaseUrl {
    /// Reads `sqlite:path` or `postgresql://user:password@host:port/database?parameters`.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote it
    static DatabaseUrl parse(String text) {
        String scheme = text.substring(0, Math.max(0, text.indexOf(':'))).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "sqlite" -> Sqlite.parse(text.substring("sqlite:".length()));
            case "postgresql", "postgres" -> PostgreSql.parse(address(text));
            default ->
                    throw new IllegalArgumentException(
                            "is neither `sqlite:path` nor `postgresql://user@host/database`");
        };
    }

    /// Says nothing of the text, which may hold a password.
    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("is not a valid address", malformed);
        }
    }

    /// The embedded database.
    ///
    /// @param file where it is; relative to the data directory
    record Sqlite(Path file) implements DatabaseUrl {
        private static Sqlite parse(String path) {
            if (path.isBlank()) {
                throw new IllegalArgumentException("names no file after `sqlite:`");
            }
            return new Sqlite(Path.of(path));
        }

        @Override
        public String toString() {
            return "sqlite:" + file;
        }
    }

    /// A PostgreSQL server.
    ///
    /// @param jdbcUrl the address for the driver, without user and password
    /// @param userName who connects, if the address says
    /// @param urlPassword the password that stood in the address, if any
    record PostgreSql(String jdbcUrl, @Nullable String userName, @Nullable Secret urlPassword)
            implements DatabaseUrl {
        private static PostgreSql parse(URI url) {
            if (url.getHost() == null || url.getPath() == null || url.getPath().length() < 2) {
                throw new IllegalArgumentException("needs a host and a database name");
            }
            String port = url.getPort() < 0 ? "" : ":" + url.getPort();
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            String jdbc = "jdbc:postgresql://" + url.getHost() + port + url.getRawPath() + query;
            String user = url.getUserInfo();
            if (user == null) {
                return new PostgreSql(jdbc, null, null);
            }
            int colon = user.indexOf(':');
            return colon < 0
                    ? new PostgreSql(jdbc, user, null)
                    : new PostgreSql(
                            jdbc, user.substring(0, colon), new Secret(user.substring(colon + 1)));
        }

        /// Who connects, if the address says.
        public Optional<String> user() {
            return Optional.ofNullable(userName);
        }

        @Override
        public String toString() {
            return jdbcUrl;
        }
    }
}
