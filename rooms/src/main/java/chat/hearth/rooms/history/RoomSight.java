package chat.hearth.rooms.history;

import chat.hearth.protocol.auth.Membership;
import chat.hearth.protocol.event.ClientEvent;
import chat.hearth.protocol.event.EventTypes;
import chat.hearth.protocol.event.Pdu;
import chat.hearth.protocol.event.StoredForm;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.room.RoomVersion;
import chat.hearth.protocol.stateres.StateMap;
import chat.hearth.protocol.visibility.EventSight;
import chat.hearth.protocol.visibility.HistoryVisibility;
import chat.hearth.rooms.event.EventFlags;
import chat.hearth.rooms.event.Room;
import chat.hearth.rooms.state.EventCache;
import chat.hearth.rooms.state.RoomState;
import chat.hearth.storage.AccountStore;
import chat.hearth.storage.EventFacts;
import chat.hearth.storage.EventOutline;
import chat.hearth.storage.StateEntries;
import chat.hearth.storage.StoredEvent;
import chat.hearth.storage.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// What one user may see of one room. An event after the user's last membership change, in a room
/// whose visibility has not changed since, costs two comparisons; others cost a look at the state
/// they were sent in, once per state version. For one request and one thread.
public final class RoomSight {

    /// The user's joins are looked for this far back, membership event by membership event.
    private static final int MEMBERSHIPS_MAX = 20;

    private final RoomId roomId;
    private final StateReader states;
    private final AccountStore accounts;
    private final EventCache events;
    private final RoomVersion version;
    private final RoomState now;
    private final int memberPlace;
    private final int visibilityPlace;
    private final Membership membership;
    private final long membershipSince;
    private final long visibilitySince;
    private final Map<Long, Membership> membershipAt = new HashMap<>();
    private final Map<Long, HistoryVisibility> visibilityAt = new HashMap<>();
    private @Nullable Stay lastStay;

    RoomSight(
            Stores stores,
            EventCache events,
            StateReader states,
            Room room,
            RoomState now,
            int user,
            int memberPlace,
            int visibilityPlace) {
        this.roomId = room.id();
        this.states = states;
        this.accounts = stores.accounts();
        this.events = events;
        this.version = room.version();
        this.now = now;
        this.memberPlace = memberPlace;
        this.visibilityPlace = visibilityPlace;
        this.membership = user == 0 ? Membership.LEAVE : now.members().membership(user);
        this.membershipSince = user == 0 ? 0 : now.members().position(user);
        this.visibilitySince = visibilityPlace == 0 ? 0 : now.events().eventAt(visibilityPlace);
    }

    /// The room.
    public RoomId roomId() {
        return roomId;
    }

    /// The user's membership now.
    public Membership membership() {
        return membership;
    }

    /// Whether the user is or once was joined.
    public boolean hasJoined() {
        return membership == Membership.JOIN || lastJoin() != 0;
    }

    /// The position of the event by which the user's latest stay in the room ended, whatever became
    /// of the membership afterwards; 0 when the user is or never was joined.
    public long leaving() {
        return membership == Membership.JOIN ? 0 : lastStay().leaving();
    }

    /// The position of the user's latest membership event, 0 when there is none.
    public long membershipSince() {
        return membershipSince;
    }

    /// Whether everybody may read along from now on.
    public boolean isWorldReadable() {
        return now.visibility() == HistoryVisibility.WORLD_READABLE;
    }

    /// Whether the user may see an event of the room.
    public boolean sees(EventFacts event) {
        if (isOfThisStay(event)) {
            return true;
        }
        Membership before = membershipBefore(event);
        Membership after = before;
        HistoryVisibility visibilityBefore = visibilityAt(event);
        HistoryVisibility visibilityAfter = visibilityBefore;
        if (isOwnMembership(event)) {
            after = Membership.of(content(event));
        } else if (event.stateKey() != 0 && event.stateKey() == visibilityPlace) {
            visibilityAfter = HistoryVisibility.of(content(event));
        }
        return new EventSight(
                        visibilityBefore,
                        visibilityAfter,
                        before,
                        after,
                        lastJoin() > event.position())
                .isVisible();
    }

    /// Looks up for all of `shown` what deciding about one by one takes, with few statements.
    void readAhead(List<? extends EventFacts> shown) {
        long settled = Math.max(membershipSince, visibilitySince);
        long[] versions =
                shown.stream()
                        .filter(event -> !isOfThisStay(event) && event.position() <= settled)
                        .mapToLong(EventFacts::stateBefore)
                        .filter(version -> version != 0 && !visibilityAt.containsKey(version))
                        .distinct()
                        .toArray();
        if (versions.length < 2) {
            return;
        }
        Map<Long, long[]> deciding = states.positions(versions, memberPlace, visibilityPlace);
        long[] positions =
                deciding.values().stream()
                        .flatMapToLong(LongStream::of)
                        .filter(position -> position != StateMap.NONE)
                        .distinct()
                        .toArray();
        Map<Long, StoredEvent> found = new HashMap<>();
        events.all(positions).forEach(event -> found.put(event.position(), event));
        deciding.forEach(
                (version, at) -> {
                    membershipAt.put(version, membership(found.get(at[0])));
                    visibilityAt.put(version, visibility(found.get(at[1])));
                });
    }

    private static Membership membership(@Nullable StoredEvent event) {
        return event == null ? Membership.LEAVE : Membership.of(parsed(event));
    }

    private static HistoryVisibility visibility(@Nullable StoredEvent event) {
        return event == null ? HistoryVisibility.DEFAULT : HistoryVisibility.of(parsed(event));
    }

    /// Whether the user has been joined ever since an event, so that it takes no look back.
    boolean isOfThisStay(EventFacts event) {
        return membership == Membership.JOIN && event.position() >= membershipSince;
    }

    /// Whether an event is about the user's own membership. What that was before, they know,
    /// whether they saw the room at the time or not: an invite was shown to them.
    boolean isOwnMembership(EventFacts event) {
        return event.stateKey() != 0 && event.stateKey() == memberPlace;
    }

    /// Positions of those of some events whose content says who may see them.
    LongStream toldBy(List<? extends EventFacts> some) {
        return some.stream()
                .filter(
                        event ->
                                event.isState()
                                        && (event.stateKey() == memberPlace
                                                || event.stateKey() == visibilityPlace))
                .mapToLong(EventFacts::position);
    }

    /// Positions of what decides who may see events that were sent in the state `before`.
    LongStream deciding(StateEntries before) {
        return LongStream.of(before.position(memberPlace), before.position(visibilityPlace));
    }

    /// An event of the room as the user gets it: what redaction leaves of it when its sender asked
    /// to be erased and the user was not in the room at the time, else the event itself.
    ///
    /// What the room is now, its name as well as whether it is encrypted, is the room's and stays
    /// whole; who its members are is theirs.
    ///
    /// See `erase` of [account
    /// deactivation](https://spec.matrix.org/v1.19/client-server-api/#post_matrixclientv3accountdeactivate).
    public StoredEvent shown(StoredEvent event) {
        if (!isCut(event)) {
            return event;
        }
        var whole = new StoredForm(event.clientJson(), event.federationJson());
        StoredForm left = Pdu.ofStored(version, event.eventId(), whole).redacted().storedForm();
        return event.withTexts(left.clientPart(), left.federationRest());
    }

    private boolean isCut(EventFacts event) {
        return accounts.isErased(event.sender())
                && event.redactedBy() == 0
                && !isOfTheRoom(event)
                && !wasThere(event);
    }

    /// Whether the event as the user gets it has a `url` in its content.
    public boolean showsUrl(EventFacts event) {
        return EventFlags.hasUrl(event) && !isCut(event);
    }

    private boolean isOfTheRoom(EventFacts event) {
        return event.isState()
                && !event.type().equals(EventTypes.MEMBER)
                && now.events().eventAt(event.stateKey()) == event.position();
    }

    /// Whether the user was joined just before or just after the event: who is thrown out was.
    private boolean wasThere(EventFacts event) {
        return membershipAt(event) == Membership.JOIN || membershipBefore(event) == Membership.JOIN;
    }

    /// The user's membership when `event` was sent, with what the event itself made of it.
    public Membership membershipAt(EventFacts event) {
        if (event.position() >= membershipSince) {
            return membership;
        }
        return event.stateKey() != 0 && event.stateKey() == memberPlace
                ? Membership.of(content(event))
                : membershipBefore(event);
    }

    private Membership membershipBefore(EventFacts event) {
        if (event.position() > membershipSince) {
            return membership;
        }
        if (memberPlace == 0) {
            return Membership.LEAVE;
        }
        return membershipAt.computeIfAbsent(
                event.stateBefore(), version -> membership(stateEvent(version, memberPlace)));
    }

    private HistoryVisibility visibilityAt(EventFacts event) {
        if (event.position() > visibilitySince) {
            return now.visibility();
        }
        return visibilityAt.computeIfAbsent(
                event.stateBefore(), version -> visibility(stateEvent(version, visibilityPlace)));
    }

    /// The latest time that the user was in the room.
    ///
    /// @param join the position of its last join, 0 when there was no such time
    /// @param leaving the position of the event that ended it, 0 when none has
    private record Stay(long join, long leaving) {
        static final Stay NEVER = new Stay(0, 0);
    }

    /// The position of the user's latest join, 0 when there is none.
    private long lastJoin() {
        return lastStay().join();
    }

    private Stay lastStay() {
        if (lastStay == null) {
            lastStay = findLastStay();
        }
        return lastStay;
    }

    private Stay findLastStay() {
        long leaving = 0;
        long position = membershipSince;
        for (int i = 0; i < MEMBERSHIPS_MAX && position != 0; i++) {
            Optional<StoredEvent> event = events.find(position);
            if (event.isEmpty() || event.get().stateKey() != memberPlace) {
                return Stay.NEVER;
            }
            if (Membership.of(content(event.get())) == Membership.JOIN) {
                return new Stay(position, leaving);
            }
            leaving = position;
            position = event.get().replaces();
        }
        return Stay.NEVER;
    }

    private @Nullable StoredEvent stateEvent(long version, int place) {
        long position = version == 0 ? StateMap.NONE : states.position(version, place);
        return position == StateMap.NONE ? null : events.find(position).orElse(null);
    }

    private JsonObject content(EventFacts event) {
        return switch (event) {
            case StoredEvent whole -> parsed(whole);
            case EventOutline outline -> parsed(events.require(outline.position()));
        };
    }

    private static JsonObject parsed(StoredEvent event) {
        return JsonReader.readObject(ClientEvent.content(event.clientJson()));
    }
}
