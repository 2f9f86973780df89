package chat.hearth.protocol.room;

/// Everything that differs between room versions. Each version is the one before with a few
/// changes.
///
/// See [Room versions](https://spec.matrix.org/v1.19/rooms/).
///
/// @param eventIdForm how an event gets its id
/// @param stateResolution the algorithm that merges forks
/// @param enforcesKeyValidity v5: a signing key must have been valid at `origin_server_ts`
/// @param strictCanonicalJson v6: events whose JSON is not canonical are refused
/// @param aliasesByDomain until v5: `m.room.aliases` is allowed by domain alone, and redaction
///   keeps its `aliases`
/// @param redactionByDomain until v2: the auth rules allow `m.room.redaction` by domain or power
/// @param checksNotificationLevels v6: changes of `notifications` in power levels are authorised
/// @param knocking v7: the `knock` membership and join rule
/// @param restrictedJoins v8: the `restricted` join rule; redaction keeps `allow`
/// @param keepsAuthorisingUser v9: redaction of memberships keeps
///   `join_authorised_via_users_server`
/// @param knockRestricted v10: the `knock_restricted` join rule
/// @param integerPowerLevels v10: power levels must be integers, not strings or floats
/// @param modernRedaction v11: `redacts` lives in the content; redaction keeps all of
///   `m.room.create`, `invite` of power levels, `signed` of third-party invites, and drops
///   `origin`, `membership` and `prev_state`
/// @param implicitCreator v11: the creator is the sender of `m.room.create`, not `content.creator`
/// @param roomIdIsCreateHash v12: the room id is the create event's hash, the create event has no
///   `room_id`, and no event lists it among its auth events
/// @param privilegedCreators v12: creators, also `additional_creators`, outrank every power level
public record RoomVersionRules(
        EventIdForm eventIdForm,
        StateResolutionAlgorithm stateResolution,
        boolean enforcesKeyValidity,
        boolean strictCanonicalJson,
        boolean aliasesByDomain,
        boolean redactionByDomain,
        boolean checksNotificationLevels,
        boolean knocking,
        boolean restrictedJoins,
        boolean keepsAuthorisingUser,
        boolean knockRestricted,
        boolean integerPowerLevels,
        boolean modernRedaction,
        boolean implicitCreator,
        boolean roomIdIsCreateHash,
        boolean privilegedCreators) {

    /// How an event gets its id.
    public enum EventIdForm {
        /// v1 and v2: the origin chooses it and writes it into the event.
        CHOSEN_BY_ORIGIN,
        /// v3: the reference hash in standard Base64.
        HASH,
        /// v4: the reference hash in URL-safe Base64.
        URL_SAFE_HASH
    }

    /// The algorithm that merges forks of a room's state.
    public enum StateResolutionAlgorithm {
        /// v1.
        V1,
        /// v2 to v11.
        V2,
        /// v12: starts from no state and replays the conflicted subgraph.
        V2_1
    }

    static final RoomVersionRules V1 = new Changes().build();
    static final RoomVersionRules V2 =
            V1.with(c -> c.stateResolution = StateResolutionAlgorithm.V2);
    static final RoomVersionRules V3 =
            V2.with(
                    c -> {
                        c.eventIdForm = EventIdForm.HASH;
                        c.redactionByDomain = false;
                    });
    static final RoomVersionRules V4 = V3.with(c -> c.eventIdForm = EventIdForm.URL_SAFE_HASH);
    static final RoomVersionRules V5 = V4.with(c -> c.enforcesKeyValidity = true);
    static final RoomVersionRules V6 =
            V5.with(
                    c -> {
                        c.strictCanonicalJson = true;
                        c.aliasesByDomain = false;
                        c.checksNotificationLevels = true;
                    });
    static final RoomVersionRules V7 = V6.with(c -> c.knocking = true);
    static final RoomVersionRules V8 = V7.with(c -> c.restrictedJoins = true);
    static final RoomVersionRules V9 = V8.with(c -> c.keepsAuthorisingUser = true);
    static final RoomVersionRules V10 =
            V9.with(
                    c -> {
                        c.knockRestricted = true;
                        c.integerPowerLevels = true;
                    });
    static final RoomVersionRules V11 =
            V10.with(
                    c -> {
                        c.modernRedaction = true;
                        c.implicitCreator = true;
                    });
    static final RoomVersionRules V12 =
            V11.with(
                    c -> {
                        c.stateResolution = StateResolutionAlgorithm.V2_1;
                        c.roomIdIsCreateHash = true;
                        c.privilegedCreators = true;
                    });

    private RoomVersionRules with(Change change) {
        var changes = new Changes(this);
        change.apply(changes);
        return changes.build();
    }

    private interface Change {
        void apply(Changes changes);
    }

    /// The flags of a version while it is being described; starts out as version 1.
    private static final class Changes {
        private EventIdForm eventIdForm = EventIdForm.CHOSEN_BY_ORIGIN;
        private StateResolutionAlgorithm stateResolution = StateResolutionAlgorithm.V1;
        private boolean enforcesKeyValidity;
        private boolean strictCanonicalJson;
        private boolean aliasesByDomain = true;
        private boolean redactionByDomain = true;
        private boolean checksNotificationLevels;
        private boolean knocking;
        private boolean restrictedJoins;
        private boolean keepsAuthorisingUser;
        private boolean knockRestricted;
        private boolean integerPowerLevels;
        private boolean modernRedaction;
        private boolean implicitCreator;
        private boolean roomIdIsCreateHash;
        private boolean privilegedCreators;

        Changes() {}

        Changes(RoomVersionRules from) {
            eventIdForm = from.eventIdForm;
            stateResolution = from.stateResolution;
            enforcesKeyValidity = from.enforcesKeyValidity;
            strictCanonicalJson = from.strictCanonicalJson;
            aliasesByDomain = from.aliasesByDomain;
            redactionByDomain = from.redactionByDomain;
            checksNotificationLevels = from.checksNotificationLevels;
            knocking = from.knocking;
            restrictedJoins = from.restrictedJoins;
            keepsAuthorisingUser = from.keepsAuthorisingUser;
            knockRestricted = from.knockRestricted;
            integerPowerLevels = from.integerPowerLevels;
            modernRedaction = from.modernRedaction;
            implicitCreator = from.implicitCreator;
            roomIdIsCreateHash = from.roomIdIsCreateHash;
            privilegedCreators = from.privilegedCreators;
        }

        RoomVersionRules build() {
            return new RoomVersionRules(
                    eventIdForm,
                    stateResolution,
                    enforcesKeyValidity,
                    strictCanonicalJson,
                    aliasesByDomain,
                    redactionByDomain,
                    checksNotificationLevels,
                    knocking,
                    restrictedJoins,
                    keepsAuthorisingUser,
                    knockRestricted,
                    integerPowerLevels,
                    modernRedaction,
                    implicitCreator,
                    roomIdIsCreateHash,
                    privilegedCreators);
        }
    }
}
