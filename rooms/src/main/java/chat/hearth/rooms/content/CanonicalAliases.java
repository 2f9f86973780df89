package chat.hearth.rooms.content;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.id.RoomAlias;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonNull;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.storage.Stores;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Sees to it that `m.room.canonical_alias` names aliases of its room. Those that it named before
/// are not asked about again, so that a room whose alias is gone can still be changed.
///
/// See
/// [m.room.canonical_alias](https://spec.matrix.org/v1.19/client-server-api/#mroomcanonical_alias).
public final class CanonicalAliases {
    private final Stores stores;
    private final EventCache events;

    CanonicalAliases(Stores stores, EventCache events) {
        this.stores = stores;
        this.events = events;
    }

    /// Checks the aliases that `content` adds.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` for what is no alias, 400 `M_BAD_ALIAS` for an
    ///   alias that does not point to the room
    void check(Room room, JsonObject content) {
        Set<String> added = aliases(content);
        added.removeAll(present(room));
        for (String text : added) {
            RoomAlias alias =
                    RoomAlias.parse(text)
                            .orElseThrow(
                                    () ->
                                            MatrixException.invalidParam(
                                                    Excerpt.of(text) + " is not a room alias"));
            boolean pointsHere =
                    stores.aliases()
                            .find(alias)
                            .filter(found -> found.room() == room.number())
                            .isPresent();
            if (!pointsHere) {
                throw new MatrixException(
                        ErrCode.M_BAD_ALIAS,
                        400,
                        Excerpt.of(alias.toString()) + " does not point to this room");
            }
        }
    }

    /// Checks the aliases of a room that is being made: no alias points to it yet but the one that
    /// is made with it.
    ///
    /// @param made the alias that is made with the room, null for none
    /// @throws MatrixException 400 `M_INVALID_PARAM` for what is no list of aliases, 400
    ///   `M_BAD_ALIAS` for any other alias
    public static void checkOfNewRoom(JsonObject content, @Nullable RoomAlias made) {
        for (String alias : aliases(content)) {
            if (made == null || !alias.equals(made.value())) {
                throw new MatrixException(
                        ErrCode.M_BAD_ALIAS,
                        400,
                        Excerpt.of(alias) + " does not point to this room");
            }
        }
    }

    private Set<String> present(Room room) {
        int place =
                stores.identifiers()
                        .findStateKey(StateKey.of(EventTypes.CANONICAL_ALIAS))
                        .orElse(0);
        return events.find(room.state().events().eventAt(place))
                .map(event -> JsonReader.readObject(ClientEvent.content(event.clientJson())))
                .map(CanonicalAliases::stated)
                .orElse(Set.of());
    }

    /// What an event of any origin states, as far as it is readable.
    private static Set<String> stated(JsonObject content) {
        try {
            return aliases(content);
        } catch (MatrixException _) {
            return Set.of();
        }
    }

    private static Set<String> aliases(JsonObject content) {
        Set<String> aliases = new LinkedHashSet<>();
        switch (content.value("alias")) {
            case null -> {}
            case JsonString(String alias) -> {
                if (!alias.isEmpty()) {
                    aliases.add(alias);
                }
            }
            case JsonNull _ -> {}
            case JsonValue _ -> throw MatrixException.invalidParam("alias must be a string");
        }
        switch (content.value("alt_aliases")) {
            case null -> {}
            case JsonArray array ->
                    aliases.addAll(
                            array.strings()
                                    .orElseThrow(
                                            () ->
                                                    MatrixException.invalidParam(
                                                            "alt_aliases must be strings")));
            case JsonValue _ -> throw MatrixException.invalidParam("alt_aliases must be a list");
        }
        return aliases;
    }
}
