package chat.hearth.rooms.unread;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.id.UserId;
import chat.hearth.protocol.push.NotifyClass;
import chat.hearth.protocol.push.NotifyVerdict;
import chat.hearth.protocol.push.PushEvent;
import chat.hearth.protocol.push.RoomFacts;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.rooms.event.EventMarker;
import chat.hearth.rooms.event.Marks;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.IdentifierStore;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Marks events by the push rules that everybody has who changed none. What users with other rules
/// count is worked out when they read. Safe for use by several threads.
public final class DefaultRuleMarker implements EventMarker {
    private final ServerName server;
    private final IdentifierStore identifiers;

    /// Marks the events that concern users of `server`.
    public DefaultRuleMarker(ServerName server, IdentifierStore identifiers) {
        this.server = server;
        this.identifiers = identifiers;
    }

    @Override
    public Marks mark(RoomVersion version, Event event, RoomState state) {
        NotifyVerdict verdict =
                NotifyClass.DEFAULT.evaluate(PushEvent.of(event), facts(event, state));
        IntStream named =
                verdict.exceptions().entrySet().stream()
                        .filter(exception -> exception.getValue().highlights())
                        .flatMapToInt(exception -> localMember(exception.getKey(), state));
        IntStream everybody =
                verdict.plain().highlights() ? IntStream.of(Marks.EVERYBODY) : IntStream.empty();
        return new Marks(verdict.plain().notifies(), IntStream.concat(named, everybody).toArray());
    }

    /// What push rules ask of the room.
    static RoomFacts facts(Event event, RoomState state) {
        return new RoomFacts(
                state.members().joined(),
                state.powerLevels().levelOf(event.sender()),
                state.powerLevels()::notification);
    }

    private IntStream localMember(String userId, RoomState state) {
        OptionalInt number =
                UserId.parse(userId)
                        .filter(user -> user.isOn(server))
                        .map(identifiers::findUser)
                        .orElse(OptionalInt.empty());
        return number.stream().filter(state.members()::isJoined);
    }
}
