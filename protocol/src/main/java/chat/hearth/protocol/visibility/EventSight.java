package chat.hearth.protocol.visibility;

import chat.hearth.protocol.auth.Membership;

/// One event as one user may see it: the room's visibility and the user's membership around the
/// event. For most events, before and after are the same; they differ for an
/// `m.room.history_visibility` event and for the user's own `m.room.member` event, which may be
/// seen when either side allows it.
///
/// See [server behaviour](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-5).
///
/// @param visibilityBefore what held in the state before the event
/// @param visibilityAfter what held after it
/// @param membershipBefore the user's membership before the event, [Membership#LEAVE] for none
/// @param membershipAfter the user's membership after it
/// @param joinsLater whether the user joined the room at any point after the event; having left
///   again since does not matter
public record EventSight(
        HistoryVisibility visibilityBefore,
        HistoryVisibility visibilityAfter,
        Membership membershipBefore,
        Membership membershipAfter,
        boolean joinsLater) {

    /// An event that changes neither the room's visibility nor the user's membership.
    public static EventSight of(
            HistoryVisibility visibility, Membership membership, boolean joinsLater) {
        return new EventSight(visibility, visibility, membership, membership, joinsLater);
    }

    /// An `m.room.history_visibility` event.
    public static EventSight ofVisibilityChange(
            HistoryVisibility before,
            HistoryVisibility after,
            Membership membership,
            boolean joinsLater) {
        return new EventSight(before, after, membership, membership, joinsLater);
    }

    /// The user's own `m.room.member` event.
    public static EventSight ofMembershipChange(
            HistoryVisibility visibility, Membership before, Membership after, boolean joinsLater) {
        return new EventSight(visibility, visibility, before, after, joinsLater);
    }

    /// Whether the user may see the event.
    public boolean isVisible() {
        return allowsIn(visibilityBefore) || allowsIn(visibilityAfter);
    }

    private boolean allowsIn(HistoryVisibility visibility) {
        return visibility.allows(membershipBefore, joinsLater)
                || visibility.allows(membershipAfter, joinsLater);
    }
}
