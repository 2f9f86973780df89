package chat.hearth.storage;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The devices of local users.
public interface DeviceStore {
    /// Adds a device.
    ///
    /// @return its number; that of the device which is already there, left as it is, if so
    int add(
            WriteTransaction tx,
            int user,
            String deviceId,
            @Nullable String displayName,
            long createdTs);

    /// A user's device with an id.
    Optional<Device> find(int user, String deviceId);

    /// The device with a number.
    Optional<Device> find(int device);

    /// A user's devices, in the order in which they came.
    List<Device> ofUser(int user, int limit);

    /// Sets what the user calls a device; null for nothing.
    void rename(WriteTransaction tx, int device, @Nullable String displayName);

    /// Notes when and where a device was last seen.
    void seen(WriteTransaction tx, int device, long ts, String ip);

    /// Removes a device with its tokens.
    void remove(WriteTransaction tx, int device);

    /// Removes all devices of a user but one, with their tokens, however many there are.
    ///
    /// @param kept the device that stays, 0 for none
    /// @return how many were removed
    int removeOthers(WriteTransaction tx, int user, int kept);

    /// The devices that a user has beyond `max`: those that were not seen for the longest time. A
    /// device that was never seen counts as seen when it was made.
    ///
    /// @param limit how many at most
    List<Device> excess(int user, int max, int limit);
}
