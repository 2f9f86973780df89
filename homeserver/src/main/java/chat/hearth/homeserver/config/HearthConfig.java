package chat.hearth.homeserver.config;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.room.RoomVersion;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Everything that can be configured. [ConfigLoader] is the one way to get it from outside.
///
/// @param serverName the name in user ids and room aliases
/// @param baseUrl where clients reach the server, as the well-known document tells it
/// @param dataDirectory where everything that is not in a database server is kept
/// @param defaultRoomVersion the version of new rooms
/// @param listeners where the server listens
/// @param database where events and accounts are kept
/// @param registration who may make an account
/// @param rateLimits how fast one client may go
/// @param passwordHash what checking a password costs
/// @param outbound which addresses the server may call
/// @param sync the bounds of `/sync`
/// @param logging what is written down
public record HearthConfig(
        @Option(
                        value =
                                "The name of the server: the part after the colon of every user id."
                                        + " It can never be changed once the server has been used.",
                        fallback = "localhost")
                ServerName serverName,
        @Option(
                        "The address that clients use, such as `https://matrix.example.org`. It is"
                                + " published in `/.well-known/matrix/client`. Without it that"
                                + " document is served by `localhost` only, with the port that it"
                                + " listens on.")
                @Nullable URI baseUrl,
        @Option(
                        value =
                                "The folder for everything that is not in a database server, such"
                                        + " as the SQLite file. Made when missing. One server uses it"
                                        + " at a time.",
                        fallback = "data")
                Path dataDirectory,
        @Option(
                        value =
                                "The version of new rooms for which the client asks for none, as"
                                        + " `/capabilities` tells. Rooms that are there keep theirs.",
                        fallback = "12")
                RoomVersion defaultRoomVersion,
        @Option("Where the server listens.") Listeners listeners,
        @Option("Where events and accounts are kept.") DatabaseConfig database,
        @Option("Who may make an account.") RegistrationConfig registration,
        @Option("How fast one client may go.") RateLimits rateLimits,
        @Option("What it costs to check a password (Argon2id).") PasswordHashConfig passwordHash,
        @Option(
                        "Which addresses the server itself may call. Nothing that it does calls"
                                + " any yet; the ranges are checked and kept for what will.")
                OutboundConfig outbound,
        @Option("The bounds of `/sync`.") SyncConfig sync,
        @Option("What is written down about requests and events inside.") LoggingConfig logging) {

    /// Where the SQLite file is, relative paths being inside the data directory.
    public Path resolve(DatabaseUrl.Sqlite sqlite) {
        return dataDirectory.resolve(sqlite.file());
    }

    HearthConfig withRegistration(RegistrationConfig changed) {
        return new HearthConfig(
                serverName,
                baseUrl,
                dataDirectory,
                defaultRoomVersion,
                listeners,
                database,
                changed,
                rateLimits,
                passwordHash,
                outbound,
                sync,
                logging);
    }
}
