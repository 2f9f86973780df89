package chat.hearth.homeserver.config;

import java.time.Duration;

/// The bounds of `/sync`.
///
/// @param waitMax the longest a request waits for news, whatever it asks for
/// @param timelineEventsMax the most events of one room in one answer, whatever the filter says
/// @param waitingMax how many requests may wait at once
public record SyncConfig(
        @Option(
                        value = "The longest a request waits for news, whatever it asks for.",
                        fallback = "30s",
                        min = 0,
                        max = 300_000)
                Duration waitMax,
        @Option(
                        value =
                                "The most events of one room in one answer, whatever the filter says.",
                        fallback = "100",
                        min = 1,
                        max = 10_000)
                int timelineEventsMax,
        @Option(
                        value =
                                "How many requests may wait at once; further ones are answered at once.",
                        fallback = "20000",
                        min = 1)
                int waitingMax) {}
