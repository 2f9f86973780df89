package chat.hearth.homeserver.client.room;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What one user may see of a room, worked out from a list of all that happened there by the words
/// of the specification and nothing else.
///
/// See [server behaviour](https://spec.matrix.org/v1.19/client-server-api/#server-behaviour-5).
final class NaiveSight {
    private final List<Happening> happenings = new ArrayList<>();
    private String visibility = "shared";
    private String membership = "leave";

    /// An event, with what held before and after it.
    private record Happening(
            String event,
            String visibilityBefore,
            String visibilityAfter,
            String membershipBefore,
            String membershipAfter) {}

    /// An event that changes neither the visibility nor the user's membership.
    void event(String id) {
        happenings.add(new Happening(id, visibility, visibility, membership, membership));
    }

    /// The room's history visibility changes.
    void visibility(String id, String to) {
        happenings.add(new Happening(id, visibility, to, membership, membership));
        visibility = to;
    }

    /// The user's membership changes.
    void membership(String id, String to) {
        happenings.add(new Happening(id, visibility, visibility, membership, to));
        membership = to;
    }

    String membership() {
        return membership;
    }

    /// All events that the user may see, oldest first.
    Set<String> visible() {
        return visible(happenings.size());
    }

    /// All that the user may be shown by `/sync`: what they may see, and whatever last made them
    /// what they are to the room.
    Set<String> tellable() {
        Set<String> tellable = visible();
        int last = lastMembershipChange();
        if (last >= 0) {
            tellable.add(happenings.get(last).event());
        }
        return tellable;
    }

    /// What the user may see of the stretch of the room that it is open to: all of it for members
    /// and where the world may read; of those who were members, all of it for who is invited again,
    /// up to the latest change of their membership for others; else none.
    Set<String> visibleInRoom() {
        if (!isOpen()) {
            return Set.of();
        }
        boolean goesOn =
                membership.equals("join")
                        || membership.equals("invite")
                        || visibility.equals("world_readable");
        return goesOn ? visible() : visible(lastMembershipChange() + 1);
    }

    /// Whether the user may read the room at all.
    boolean isOpen() {
        return membership.equals("join") || visibility.equals("world_readable") || joinsAfter(-1);
    }

    private Set<String> visible(int upTo) {
        Set<String> visible = new LinkedHashSet<>();
        for (int i = 0; i < upTo; i++) {
            Happening one = happenings.get(i);
            if (sees(one.visibilityBefore(), one.membershipBefore(), i)
                    || sees(one.visibilityAfter(), one.membershipBefore(), i)
                    || sees(one.visibilityBefore(), one.membershipAfter(), i)) {
                visible.add(one.event());
            }
        }
        return visible;
    }

    private boolean sees(String visibilityThen, String membershipThen, int index) {
        return visibilityThen.equals("world_readable")
                || membershipThen.equals("join")
                || visibilityThen.equals("shared") && joinsAfter(index)
                || visibilityThen.equals("invited") && membershipThen.equals("invite");
    }

    private boolean joinsAfter(int index) {
        return happenings.stream()
                .skip(index + 1L)
                .anyMatch(
                        later ->
                                later.membershipAfter().equals("join")
                                        && !later.membershipBefore().equals("join"));
    }

    private int lastMembershipChange() {
        int last = -1;
        for (int i = 0; i < happenings.size(); i++) {
            Happening one = happenings.get(i);
            if (!one.membershipAfter().equals(one.membershipBefore())) {
                last = i;
            }
        }
        return last;
    }
}
