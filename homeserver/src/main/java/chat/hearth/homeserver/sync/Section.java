package chat.hearth.homeserver.sync;

import chat.hearth.protocol.auth.Membership;

/// The sections of `rooms` in an answer, in their order.
enum Section {
    JOIN("join"),
    INVITE("invite"),
    KNOCK("knock"),
    LEAVE("leave");

    private final String member;

    Section(String member) {
        this.member = member;
    }

    /// The section of rooms of which the user has this membership.
    static Section of(Membership membership) {
        return switch (membership) {
            case JOIN -> JOIN;
            case INVITE -> INVITE;
            case KNOCK -> KNOCK;
            case LEAVE, BAN -> LEAVE;
        };
    }

    /// The name of the section's member.
    String member() {
        return member;
    }
}
