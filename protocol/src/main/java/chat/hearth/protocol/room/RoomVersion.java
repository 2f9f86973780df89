package chat.hearth.protocol.room;

import java.util.Optional;

/// The room versions of the specification, all of them stable.
///
/// See [Feature matrix](https://spec.matrix.org/v1.19/rooms/#feature-matrix).
public enum RoomVersion {
    /// The version that rooms have whose create event names none.
    V1("1", RoomVersionRules.V1),
    /// State resolution v2.
    V2("2", RoomVersionRules.V2),
    /// Event ids are reference hashes.
    V3("3", RoomVersionRules.V3),
    /// Event ids are URL-safe.
    V4("4", RoomVersionRules.V4),
    /// Signing keys must have been valid when an event was made.
    V5("5", RoomVersionRules.V5),
    /// Strict canonical JSON, no special case for aliases.
    V6("6", RoomVersionRules.V6),
    /// Knocking.
    V7("7", RoomVersionRules.V7),
    /// Restricted joins.
    V8("8", RoomVersionRules.V8),
    /// Redaction keeps what restricted joins need.
    V9("9", RoomVersionRules.V9),
    /// Power levels are integers, `knock_restricted`.
    V10("10", RoomVersionRules.V10),
    /// Clearer redaction, `redacts` in the content, no `creator`.
    V11("11", RoomVersionRules.V11),
    /// Room ids are create event hashes, creators outrank everyone, state resolution v2.1.
    V12("12", RoomVersionRules.V12);

    /// What new rooms get unless asked otherwise; see [Room
    /// versions](https://spec.matrix.org/v1.19/rooms/).
    public static final RoomVersion DEFAULT = V12;

    private final String id;
    private final RoomVersionRules rules;

    RoomVersion(String id, RoomVersionRules rules) {
        this.id = id;
        this.rules = rules;
    }

    /// The version named `id`, if it is one of the specification's.
    public static Optional<RoomVersion> find(String id) {
        for (RoomVersion version : values()) {
            if (version.id.equals(id)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    /// The version as it stands in `m.room.create`.
    public String id() {
        return id;
    }

    /// How rooms of this version differ from others.
    public RoomVersionRules rules() {
        return rules;
    }
}
