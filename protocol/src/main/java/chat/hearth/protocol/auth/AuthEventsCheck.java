package chat.hearth.protocol.auth;

import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_DUPLICATE;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_NOT_SELECTED;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_OF_OTHER_ROOM;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_REJECTED;
import static chat.hearth.protocol.auth.AuthRule.AUTH_EVENTS_WITHOUT_CREATE;
import static chat.hearth.protocol.auth.AuthRule.ROOM_ID;

import chat.hearth.protocol.event.Event;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.StateKey;
import chat.hearth.protocol.room.RoomVersionRules;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rules about an event's list of auth events: 2 until room version 11, 2 and 3 from version 12
/// on. They hold for every event but a create event.
///
/// The state that the auth events make up is then what [AuthRules] checks the event against first.
public final class AuthEventsCheck {
    private final RoomVersionRules rules;

    /// A check for rooms of one version.
    public AuthEventsCheck(RoomVersionRules rules) {
        this.rules = rules;
    }

    /// Checks the auth events of `event`.
    ///
    /// @param create the accepted create event of the room, null when this server has none
    /// @param authEvents the events that `event.authEvents()` names, with repetitions, in any order
    /// @param rejected whether one of them was itself rejected
    /// @return empty when nothing is wrong with the list
    public Optional<AuthResult.Rejected> check(
            Event event,
            @Nullable Event create,
            List<? extends Event> authEvents,
            Predicate<? super Event> rejected) {
        if (ROOM_ID.isIn(rules)
                && (create == null
                        || !create.type().equals(EventTypes.CREATE)
                        || !CreateRules.isHashOf(event.roomId(), create.eventId()))) {
            return refuse(ROOM_ID, event.roomId() + " is not the id of an accepted create event");
        }
        return checkPlaces(event, authEvents).or(() -> checkEach(event, authEvents, rejected));
    }

    private Optional<AuthResult.Rejected> checkPlaces(
            Event event, List<? extends Event> authEvents) {
        var places = new HashSet<StateKey>();
        for (Event auth : authEvents) {
            if (auth.stateKey().isPresent() && !places.add(placeOf(auth))) {
                return refuse(AUTH_EVENTS_DUPLICATE, "Two auth events for " + placeOf(auth));
            }
        }
        List<StateKey> selected = AuthEventSelection.of(rules, event);
        for (Event auth : authEvents) {
            if (auth.stateKey().isEmpty() || !selected.contains(placeOf(auth))) {
                return refuse(
                        AUTH_EVENTS_NOT_SELECTED,
                        auth.eventId() + ", " + auth.type() + ", does not authorise this event");
            }
        }
        return Optional.empty();
    }

    private Optional<AuthResult.Rejected> checkEach(
            Event event, List<? extends Event> authEvents, Predicate<? super Event> rejected) {
        for (Event auth : authEvents) {
            if (rejected.test(auth)) {
                return refuse(AUTH_EVENTS_REJECTED, auth.eventId() + " was rejected");
            }
        }
        if (AUTH_EVENTS_WITHOUT_CREATE.isIn(rules)
                && authEvents.stream().noneMatch(e -> e.isState(EventTypes.CREATE, ""))) {
            return refuse(AUTH_EVENTS_WITHOUT_CREATE, "The create event is not an auth event");
        }
        for (Event auth : authEvents) {
            if (!auth.roomId().equals(event.roomId())) {
                return refuse(
                        AUTH_EVENTS_OF_OTHER_ROOM,
                        auth.eventId() + " belongs to room " + auth.roomId());
            }
        }
        return Optional.empty();
    }

    private static StateKey placeOf(Event event) {
        return new StateKey(event.type(), event.stateKey().orElse(""));
    }

    private Optional<AuthResult.Rejected> refuse(AuthRule rule, String detail) {
        return Optional.of(new AuthResult.Rejected(new Rule(rule, rules), detail));
    }
}
