package chat.hearth.homeserver.config;

/// What is written down. Passwords, tokens and the text of messages never are.
///
/// @param format how a record is written
/// @param level what is worth writing
/// @param access whether each request is written down
public record LoggingConfig(
        @Option(
                        value = "One line per record: `text` for people, `json` for machines.",
                        fallback = "text")
                Format format,
        @Option(value = "The least important records that are written.", fallback = "info")
                Level level,
        @Option(
                        value =
                                "Whether each request is written down, as a record of level"
                                        + " `info`: operation, status, time, size.",
                        fallback = "true")
                boolean access) {

    /// How a record is written.
    public enum Format {
        /// For people.
        TEXT,
        /// One JSON object per line.
        JSON
    }

    /// How important a record is.
    public enum Level {
        /// Something failed that should not.
        ERROR,
        /// Something is wrong that the server copes with.
        WARNING,
        /// What an operator wants to know of a healthy server.
        INFO,
        /// For finding faults.
        DEBUG,
        /// Everything.
        TRACE
    }
}
