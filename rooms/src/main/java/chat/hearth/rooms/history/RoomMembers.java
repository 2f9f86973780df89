package chat.hearth.rooms.history;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.state.Members;
import chat.hearth.storage.StoredEvent;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/// Who is what in a room, now or earlier. Safe for use by several threads.
public final class RoomMembers {
    private final EventPieces pieces;
    private final StateReader states;

    /// Reads members from the state that `states` reads.
    public RoomMembers(EventPieces pieces, StateReader states) {
        this.pieces = pieces;
        this.states = states;
    }

    /// Hands over the membership events of those with one of the wanted memberships, piece by
    /// piece.
    ///
    /// @param at the position of the stream to look at, empty for the latest that the user may see;
    ///   later ones are cut back to that; one from before the room's creation stands for right
    ///   after it
    public void list(
            RoomReading reading,
            OptionalLong at,
            Set<Membership> wanted,
            Consumer<List<StoredEvent>> piece) {
        if (at.isEmpty() && reading.isCurrent()) {
            pieces.read(current(reading.room().state().members(), wanted), piece);
            return;
        }
        long[] members = states.members(version(reading, at));
        if (wanted.size() == Membership.values().length) {
            pieces.read(members, piece);
            return;
        }
        pieces.read(
                members,
                some ->
                        piece.accept(
                                some.stream()
                                        .filter(
                                                event ->
                                                        wanted.contains(
                                                                Membership.of(content(event))))
                                        .toList()));
    }

    private long version(RoomReading reading, OptionalLong at) {
        if (at.isEmpty() || at.getAsLong() >= reading.stateUpTo()) {
            return reading.stateVersion();
        }
        long version = states.versionAfter(reading.room(), at.getAsLong());
        return version == 0 ? states.firstWithMembers(reading.room()) : version;
    }

    private static long[] current(Members members, Set<Membership> wanted) {
        return wanted.stream()
                .map(members::with)
                .flatMapToLong(users -> Arrays.stream(users).mapToLong(members::position))
                .sorted()
                .toArray();
    }

    /// What a joined member calls themselves.
    ///
    /// @param user the member's id
    /// @param content the content of the membership event
    public record Joined(String user, JsonObject content) {}

    /// Hands over the joined members, piece by piece.
    ///
    /// @throws MatrixException 403 when the user is not joined
    public void joined(RoomReading reading, Consumer<List<Joined>> piece) {
        if (!reading.isJoined()) {
            throw MatrixException.forbidden("You are not in the room");
        }
        pieces.read(
                current(reading.room().state().members(), EnumSet.of(Membership.JOIN)),
                some ->
                        piece.accept(
                                some.stream()
                                        .map(
                                                event ->
                                                        new Joined(
                                                                stateKey(event),
                                                                content(
                                                                        reading.sight()
                                                                                .shown(event))))
                                        .toList()));
    }

    private static String stateKey(StoredEvent event) {
        return JsonReader.readObject(event.clientJson()).string("state_key").orElseThrow();
    }

    private static JsonObject content(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson()));
    }
}
