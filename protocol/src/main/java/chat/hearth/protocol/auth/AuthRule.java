package chat.hearth.protocol.auth;

import chat.hearth.protocol.room.RoomVersionRules;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every authorisation rule of every room version, in the specification's order: a rule stands
/// below the one whose point it is. Where versions differ only in naming more join rules,
/// memberships or properties, the text is that of the newest. A rule's number in a version is its
/// place among those that the version has.
///
/// See the authorisation rules of [version
/// 1](https://spec.matrix.org/v1.19/rooms/v1/#authorisation-rules) to [version
/// 12](https://spec.matrix.org/v1.19/rooms/v12/#authorisation-rules).
public enum AuthRule {
    CREATE(null, "If type is `m.room.create`:"),
    CREATE_HAS_PREV_EVENTS(CREATE, "If it has any `prev_events`, reject."),
    CREATE_OF_OTHER_DOMAIN(
            CREATE,
            v -> !v.roomIdIsCreateHash(),
            "If the domain of the `room_id` does not match the domain of the `sender`, reject."),
    CREATE_STATES_ROOM_ID(
            CREATE, v -> v.roomIdIsCreateHash(), "If the event has a `room_id`, reject."),
    CREATE_OF_UNKNOWN_VERSION(
            CREATE,
            "If `content.room_version` is present and is not a recognised version, reject."),
    CREATE_WITHOUT_CREATOR(
            CREATE, v -> !v.implicitCreator(), "If `content` has no `creator` property, reject."),
    CREATE_ADDITIONAL_CREATORS(
            CREATE,
            v -> v.privilegedCreators(),
            "If `additional_creators` is present in `content` and is not an array of strings where"
                    + " each string passes the same user ID validation applied to `sender`,"
                    + " reject."),
    CREATE_ALLOWED(CREATE, "Otherwise, allow."),

    ROOM_ID(
            null,
            v -> v.roomIdIsCreateHash(),
            "If the event's `room_id` is not an event ID for an accepted (not rejected)"
                    + " `m.room.create` event, with the sigil `!` instead of `$`, reject."),

    AUTH_EVENTS(null, "Considering the event's `auth_events`:"),
    AUTH_EVENTS_DUPLICATE(
            AUTH_EVENTS,
            "If there are duplicate entries for a given `type` and `state_key` pair, reject."),
    AUTH_EVENTS_NOT_SELECTED(
            AUTH_EVENTS,
            "If there are entries whose `type` and `state_key` don't match those specified by the"
                    + " auth events selection algorithm described in the server specification,"
                    + " reject."),
    AUTH_EVENTS_REJECTED(
            AUTH_EVENTS,
            "If there are entries which were themselves rejected under the checks performed on"
                    + " receipt of a PDU, reject."),
    AUTH_EVENTS_WITHOUT_CREATE(
            AUTH_EVENTS,
            v -> !v.roomIdIsCreateHash(),
            "If there is no `m.room.create` event among the entries, reject."),
    AUTH_EVENTS_OF_OTHER_ROOM(
            AUTH_EVENTS,
            "If any event in `auth_events` has a `room_id` which does not match that of the event"
                    + " being authorised, reject."),

    NOT_FEDERATED(
            null,
            "If the `content` of the `m.room.create` event in the room state has the property"
                    + " `m.federate` set to `false`, and the `sender` domain of the event does not"
                    + " match the `sender` domain of the create event, reject."),

    ALIASES(null, v -> v.aliasesByDomain(), "If type is `m.room.aliases`:"),
    ALIASES_WITHOUT_STATE_KEY(ALIASES, "If event has no `state_key`, reject."),
    ALIASES_OF_OTHER_DOMAIN(ALIASES, "If sender's domain doesn't match `state_key`, reject."),
    ALIASES_ALLOWED(ALIASES, "Otherwise, allow."),

    MEMBER(null, "If type is `m.room.member`:"),
    MEMBER_INCOMPLETE(
            MEMBER,
            "If there is no `state_key` property, or no `membership` property in `content`,"
                    + " reject."),
    MEMBER_AUTHORISED(
            MEMBER,
            v -> v.restrictedJoins(),
            "If `content` has a `join_authorised_via_users_server` key:"),
    MEMBER_AUTHORISED_UNSIGNED(
            MEMBER_AUTHORISED,
            "If the event is not validly signed by the homeserver of the user ID denoted by the"
                    + " key, reject."),

    JOIN(MEMBER, "If `membership` is `join`:"),
    JOIN_CREATOR(
            JOIN,
            "If the only previous event is an `m.room.create` and the `state_key` is the creator,"
                    + " allow."),
    JOIN_FOR_OTHER(JOIN, "If the `sender` does not match `state_key`, reject."),
    JOIN_BANNED(JOIN, "If the `sender` is banned, reject."),
    JOIN_INVITED(
            JOIN,
            "If the `join_rule` is `invite` or `knock` then allow if membership state is `invite`"
                    + " or `join`."),
    JOIN_RESTRICTED(
            JOIN,
            v -> v.restrictedJoins(),
            "If the `join_rule` is `restricted` or `knock_restricted`:"),
    JOIN_RESTRICTED_INVITED(JOIN_RESTRICTED, "If membership state is `join` or `invite`, allow."),
    JOIN_RESTRICTED_UNAUTHORISED(
            JOIN_RESTRICTED,
            "If the `join_authorised_via_users_server` key in `content` is not a user with"
                    + " sufficient permission to invite other users or is not a joined member of"
                    + " the room, reject."),
    JOIN_RESTRICTED_ALLOWED(JOIN_RESTRICTED, "Otherwise, allow."),
    JOIN_PUBLIC(JOIN, "If the `join_rule` is `public`, allow."),
    JOIN_REFUSED(JOIN, "Otherwise, reject."),

    INVITE(MEMBER, "If `membership` is `invite`:"),
    INVITE_THIRD_PARTY(INVITE, "If `content` has a `third_party_invite` property:"),
    INVITE_THIRD_PARTY_BANNED(INVITE_THIRD_PARTY, "If *target user* is banned, reject."),
    INVITE_THIRD_PARTY_UNSIGNED(
            INVITE_THIRD_PARTY,
            "If `content.third_party_invite` does not have a `signed` property, reject."),
    INVITE_THIRD_PARTY_INCOMPLETE(
            INVITE_THIRD_PARTY, "If `signed` does not have `mxid` and `token` properties, reject."),
    INVITE_THIRD_PARTY_FOR_OTHER(
            INVITE_THIRD_PARTY, "If `mxid` does not match `state_key`, reject."),
    INVITE_THIRD_PARTY_UNKNOWN(
            INVITE_THIRD_PARTY,
            "If there is no `m.room.third_party_invite` event in the current room state with"
                    + " `state_key` matching `token`, reject."),
    INVITE_THIRD_PARTY_BY_OTHER(
            INVITE_THIRD_PARTY,
            "If `sender` does not match `sender` of the `m.room.third_party_invite`, reject."),
    INVITE_THIRD_PARTY_ALLOWED(
            INVITE_THIRD_PARTY,
            "If any signature in `signed` matches any public key in the"
                    + " `m.room.third_party_invite` event, allow. The public keys are in `content`"
                    + " of `m.room.third_party_invite` as:"),
    INVITE_THIRD_PARTY_KEY(
            INVITE_THIRD_PARTY_ALLOWED, "A single public key in the `public_key` property."),
    INVITE_THIRD_PARTY_KEYS(
            INVITE_THIRD_PARTY_ALLOWED, "A list of public keys in the `public_keys` property."),
    INVITE_THIRD_PARTY_REFUSED(INVITE_THIRD_PARTY, "Otherwise, reject."),
    INVITE_BY_OUTSIDER(INVITE, "If the `sender`'s current membership state is not `join`, reject."),
    INVITE_PRESENT_OR_BANNED(
            INVITE, "If *target user*'s current membership state is `join` or `ban`, reject."),
    INVITE_ALLOWED(
            INVITE,
            "If the `sender`'s power level is greater than or equal to the *invite level*,"
                    + " allow."),
    INVITE_REFUSED(INVITE, "Otherwise, reject."),

    LEAVE(MEMBER, "If `membership` is `leave`:"),
    LEAVE_SELF(
            LEAVE,
            "If the `sender` matches `state_key`, allow if and only if that user's current"
                    + " membership state is `invite`, `join`, or `knock`."),
    KICK_BY_OUTSIDER(LEAVE, "If the `sender`'s current membership state is not `join`, reject."),
    UNBAN_LEVEL(
            LEAVE,
            "If the *target user*'s current membership state is `ban`, and the `sender`'s power"
                    + " level is less than the *ban level*, reject."),
    KICK_ALLOWED(
            LEAVE,
            "If the `sender`'s power level is greater than or equal to the *kick level*, and the"
                    + " *target user*'s power level is less than the `sender`'s power level,"
                    + " allow."),
    KICK_REFUSED(LEAVE, "Otherwise, reject."),

    BAN(MEMBER, "If `membership` is `ban`:"),
    BAN_BY_OUTSIDER(BAN, "If the `sender`'s current membership state is not `join`, reject."),
    BAN_ALLOWED(
            BAN,
            "If the `sender`'s power level is greater than or equal to the *ban level*, and the"
                    + " *target user*'s power level is less than the `sender`'s power level,"
                    + " allow."),
    BAN_REFUSED(BAN, "Otherwise, reject."),

    KNOCK(MEMBER, v -> v.knocking(), "If `membership` is `knock`:"),
    KNOCK_JOIN_RULE(
            KNOCK,
            "If the `join_rule` is anything other than `knock` or `knock_restricted`, reject."),
    KNOCK_FOR_OTHER(KNOCK, "If `sender` does not match `state_key`, reject."),
    KNOCK_ALLOWED(
            KNOCK,
            "If the `sender`'s current membership is not `ban`, `invite`, or `join`, allow."),
    KNOCK_REFUSED(KNOCK, "Otherwise, reject."),

    MEMBER_UNKNOWN(MEMBER, "Otherwise, the membership is unknown. Reject."),

    SENDER_NOT_JOINED(null, "If the `sender`'s current membership state is not `join`, reject."),

    THIRD_PARTY_INVITE(null, "If type is `m.room.third_party_invite`:"),
    THIRD_PARTY_INVITE_LEVEL(
            THIRD_PARTY_INVITE,
            "Allow if and only if `sender`'s current power level is greater than or equal to the"
                    + " *invite level*."),

    REQUIRED_LEVEL(
            null,
            "If the event type's *required power level* is greater than the `sender`'s power"
                    + " level, reject."),
    STATE_KEY_OF_OTHER_USER(
            null,
            "If the event has a `state_key` that starts with an `@` and does not match the"
                    + " `sender`, reject."),

    /// Rejects by itself, until room version 9, levels that are neither integers nor the strings or
    /// floats that the version takes for them; see "Deprecated event content schemas" there. This
    /// comes where they are compared with the current ones, after [#POWER_LEVELS_FIRST].
    POWER_LEVELS(null, "If type is `m.room.power_levels`:"),
    POWER_LEVELS_NAMED_NOT_INTEGER(
            POWER_LEVELS,
            v -> v.integerPowerLevels(),
            "If any of the properties `users_default`, `events_default`, `state_default`, `ban`,"
                    + " `redact`, `kick`, or `invite` in `content` are present and not an integer,"
                    + " reject."),
    POWER_LEVELS_ENTRY_NOT_INTEGER(
            POWER_LEVELS,
            v -> v.integerPowerLevels(),
            "If either of the properties `events` or `notifications` in `content` are present and"
                    + " not an object with values that are integers, reject."),
    POWER_LEVELS_USERS(
            POWER_LEVELS,
            "If the `users` property in `content` is not an object with keys that are valid user"
                    + " IDs with values that are integers, reject."),
    POWER_LEVELS_OF_CREATOR(
            POWER_LEVELS,
            v -> v.privilegedCreators(),
            "If the `users` property in `content` contains the `sender` of the `m.room.create`"
                    + " event or any of the `additional_creators` array (if present) from the"
                    + " `content` of the `m.room.create` event, reject."),
    POWER_LEVELS_FIRST(
            POWER_LEVELS,
            "If there is no previous `m.room.power_levels` event in the room, allow."),
    POWER_LEVELS_NAMED(
            POWER_LEVELS,
            "For the properties `users_default`, `events_default`, `state_default`, `ban`,"
                    + " `redact`, `kick`, `invite` check if they were added, changed or removed."
                    + " For each found alteration:"),
    POWER_LEVELS_NAMED_CURRENT(
            POWER_LEVELS_NAMED,
            "If the current value is greater than the `sender`'s current power level, reject."),
    POWER_LEVELS_NAMED_NEW(
            POWER_LEVELS_NAMED,
            "If the new value is greater than the `sender`'s current power level, reject."),
    POWER_LEVELS_ENTRY_CURRENT(
            POWER_LEVELS,
            "For each entry being changed in, or removed from, the `events` or `notifications`"
                    + " properties:"),
    POWER_LEVELS_ENTRY_CURRENT_ABOVE(
            POWER_LEVELS_ENTRY_CURRENT,
            "If the current value is greater than the `sender`'s current power level, reject."),
    POWER_LEVELS_ENTRY_NEW(
            POWER_LEVELS,
            "For each entry being added to, or changed in, the `events` or `notifications`"
                    + " properties:"),
    POWER_LEVELS_ENTRY_NEW_ABOVE(
            POWER_LEVELS_ENTRY_NEW,
            "If the new value is greater than the `sender`'s current power level, reject."),
    POWER_LEVELS_USER_CURRENT(
            POWER_LEVELS,
            "For each entry being changed in, or removed from, the `users` property, other than"
                    + " the `sender`'s own entry:"),
    POWER_LEVELS_USER_CURRENT_EQUAL(
            POWER_LEVELS_USER_CURRENT,
            "If the current value is greater than or equal to the `sender`'s current power level,"
                    + " reject."),
    POWER_LEVELS_USER_NEW(
            POWER_LEVELS, "For each entry being added to, or changed in, the `users` property:"),
    POWER_LEVELS_USER_NEW_ABOVE(
            POWER_LEVELS_USER_NEW,
            "If the new value is greater than the `sender`'s current power level, reject."),
    POWER_LEVELS_ALLOWED(POWER_LEVELS, "Otherwise, allow."),

    REDACTION(null, v -> v.redactionByDomain(), "If type is `m.room.redaction`:"),
    REDACTION_LEVEL(
            REDACTION,
            "If the `sender`'s power level is greater than or equal to the *redact level*,"
                    + " allow."),
    REDACTION_DOMAIN(
            REDACTION,
            "If the domain of the `event_id` of the event being redacted is the same as the domain"
                    + " of the `event_id` of the `m.room.redaction`, allow."),
    REDACTION_REFUSED(REDACTION, "Otherwise, reject."),

    OTHERWISE(null, "Otherwise, allow.");

    private static final List<AuthRule> IN_ORDER = List.of(values());

    private final @Nullable AuthRule parent;
    private final Predicate<RoomVersionRules> condition;
    private final String text;
    private final AuthResult.Allowed allowed = new AuthResult.Allowed(this);

    AuthRule(@Nullable AuthRule parent, String text) {
        this(parent, version -> true, text);
    }

    AuthRule(@Nullable AuthRule parent, Predicate<RoomVersionRules> condition, String text) {
        this.parent = parent;
        this.condition = condition;
        this.text = text;
    }

    /// What the rule says, in the specification's words.
    public String text() {
        return text;
    }

    /// Whether a room version has this rule.
    public boolean isIn(RoomVersionRules version) {
        return condition.test(version) && (parent == null || parent.isIn(version));
    }

    /// The rule's number in a room version that has it, such as `4.3.1`.
    public String number(RoomVersionRules version) {
        int place = 1;
        for (AuthRule sibling : IN_ORDER) {
            if (sibling == this) {
                break;
            }
            if (sibling.parent == parent && sibling.isIn(version)) {
                place++;
            }
        }
        return parent == null ? "" + place : parent.number(version) + "." + place;
    }

    AuthResult allow() {
        return allowed;
    }

    AuthResult reject(RoomVersionRules version, String detail) {
        return new AuthResult.Rejected(new Rule(this, version), detail);
    }
}
