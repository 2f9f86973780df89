package chat.hearth.rooms.profile;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.CanonicalJson;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import chat.hearth.storage.Change;
import chat.hearth.storage.Journal;
import chat.hearth.storage.ProfileField;
import chat.hearth.storage.ProfileStore;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.Optional;

/// The profiles of local users. What is set is durable when a method returns; display name and
/// avatar then go on into the user's memberships, see [ProfilePropagation]. Safe for use by several
/// threads.
///
/// See [Profiles](https://spec.matrix.org/v1.19/client-server-api/#profiles).
public final class UserProfiles {
    /// More fields than fit into a profile: each takes six bytes at the least.
    private static final int FIELDS_MAX = ProfileRules.PROFILE_BYTES_MAX / 6;

    private final ProfileStore store;
    private final Journal journal;
    private final ProfilePropagation propagation;

    /// Profiles whose changes `propagation` takes into the rooms.
    public UserProfiles(Stores stores, Journal journal, ProfilePropagation propagation) {
        this.store = stores.profiles();
        this.journal = journal;
        this.propagation = propagation;
    }

    /// All fields of a user.
    public JsonObject of(int user) {
        var profile = JsonObject.builder();
        for (ProfileField field : fields(user)) {
            profile.put(field.field(), JsonReader.read(field.value()));
        }
        return profile.build();
    }

    /// One field of a user.
    public Optional<JsonValue> find(int user, String field) {
        return ProfileRules.isName(field)
                ? store.find(user, field).map(ProfileField::value).map(JsonReader::read)
                : Optional.empty();
    }

    /// Sets a field. An empty display name or avatar is removed.
    ///
    /// @throws MatrixException 400 `M_KEY_TOO_LARGE`, `M_PROFILE_TOO_LARGE`, `M_INVALID_PARAM` or
    ///   `M_BAD_JSON`
    /// @throws InterruptedException when the server stops
    public void put(int user, String field, JsonValue value) throws InterruptedException {
        ProfileRules.checkName(field);
        ProfileRules.checkValue(field, value);
        if (ProfileRules.isRemoval(field, value)) {
            remove(user, field);
            return;
        }
        byte[] bytes = CanonicalJson.lenientBytes(value);
        var _ = journal.write(tx -> put(tx, user, field, bytes));
        propagate(user, field);
    }

    /// Removes a field, if it is there.
    ///
    /// @throws MatrixException 400 `M_KEY_TOO_LARGE` or `M_INVALID_PARAM`
    /// @throws InterruptedException when the server stops
    public void remove(int user, String field) throws InterruptedException {
        ProfileRules.checkName(field);
        boolean removed =
                journal.write(
                        tx -> {
                            boolean there = store.remove(tx, user, field);
                            if (there) {
                                announce(tx, user, field);
                            }
                            return there;
                        });
        if (removed) {
            propagate(user, field);
        }
    }

    private void propagate(int user, String field) throws InterruptedException {
        if (ProfileRules.isInRooms(field)) {
            propagation.propagate(user);
        }
    }

    private long put(WriteTransaction tx, int user, String field, byte[] value) {
        int size = 1 + member(field, value.length);
        for (ProfileField other : fields(user)) {
            size += other.field().equals(field) ? 0 : member(other.field(), other.value().length);
        }
        if (size > ProfileRules.PROFILE_BYTES_MAX) {
            throw new MatrixException(
                    ErrCode.M_PROFILE_TOO_LARGE,
                    400,
                    "A profile may have " + ProfileRules.PROFILE_BYTES_MAX + " bytes");
        }
        long position = announce(tx, user, field);
        store.put(tx, new ProfileField(user, field, value, position));
        return position;
    }

    private long announce(WriteTransaction tx, int user, String field) {
        long position = tx.nextPosition();
        tx.announce(new Change(position, Change.Kind.PROFILE, 0, user));
        if (ProfileRules.isInRooms(field)) {
            propagation.note(tx, user, position);
        }
        return position;
    }

    /// What a member takes as canonical JSON, with its colon and the comma or brace after it.
    private static int member(String name, int valueBytes) {
        return CanonicalJson.bytes(new JsonString(name)).length + 1 + valueBytes + 1;
    }

    /// The fields that the user set: the server's own notes have names that nobody can set.
    private List<ProfileField> fields(int user) {
        return store.of(user, FIELDS_MAX).stream()
                .filter(field -> ProfileRules.isName(field.field()))
                .toList();
    }
}
