package chat.hearth.homeserver.client.server;

import chat.hearth.homeserver.config.RegistrationConfig.Mode;
import chat.hearth.homeserver.ops.Health;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.room.RoomVersion;
import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a server says of itself.
///
/// @param name its name
/// @param version the version of this software
/// @param address where clients reach it, null when that is not published
/// @param registration who may make an account
/// @param defaultRoomVersion the version of new rooms
/// @param health whether the server can do its work now; may ask the database
public record ServerFacts(
        ServerName name,
        String version,
        @Nullable URI address,
        Mode registration,
        RoomVersion defaultRoomVersion,
        Supplier<Health> health) {}
