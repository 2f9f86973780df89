package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.Device;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The devices of local users. Safe for use by several threads.
///
/// See [Device management](https://spec.matrix.org/v1.19/client-server-api/#device-management).
public final class Devices {
    /// How many devices of a user are listed, and are removed at once.
    public static final int LISTED_MAX = 10_000;

    private final Stores stores;
    private final Journal journal;
    private final AccountSessions sessions;

    Devices(Stores stores, Journal journal, AccountSessions sessions) {
        this.stores = stores;
        this.journal = journal;
        this.sessions = sessions;
    }

    /// A user's devices, in the order in which they came.
    public List<Device> of(int user) {
        return stores.devices().ofUser(user, LISTED_MAX);
    }

    /// One device of a user.
    ///
    /// @throws MatrixException 404 when the user has no such device
    public Device require(int user, String deviceId) {
        return find(user, deviceId)
                .orElseThrow(() -> MatrixException.notFound("You have no such device"));
    }

    private Optional<Device> find(int user, String deviceId) {
        return stores.devices().find(user, deviceId);
    }

    /// Sets what a user calls a device.
    ///
    /// @throws MatrixException 404 when the user has no such device, 400 when the name is too long
    public void rename(int user, String deviceId, String name) {
        LoginSessions.requireDeviceName(name);
        int device = require(user, deviceId).device();
        journal.write(
                tx -> {
                    stores.devices().rename(tx, device, name);
                    LoginSessions.announce(tx, user);
                    return device;
                });
    }

    /// Removes devices with their tokens; ids of no device are passed over.
    public void remove(int user, List<String> deviceIds) {
        List<Device> gone =
                deviceIds.stream()
                        .distinct()
                        .limit(LISTED_MAX)
                        .flatMap(id -> find(user, id).stream())
                        .toList();
        remove(user, gone, false);
    }

    /// Removes a user's devices with their tokens, and login tokens with the last of them.
    ///
    /// @param which tells which devices go
    public void remove(int user, Predicate<Device> which) {
        List<Device> all = of(user);
        List<Device> gone = all.stream().filter(which).toList();
        remove(user, gone, gone.size() == all.size());
    }

    private void remove(int user, List<Device> gone, boolean all) {
        if (gone.isEmpty() && !all) {
            return;
        }
        journal.write(
                tx -> {
                    if (all) {
                        stores.tokens().removeOfUser(tx, user);
                    }
                    removeIn(tx, user, gone);
                    return gone.size();
                });
        sessions.forgetUser(user);
    }

    /// Removes the devices that a user has at that time in a write of the caller's, who has to
    /// forget the user's sessions.
    ///
    /// @param which tells which devices go
    void removeIn(WriteTransaction tx, int user, Predicate<Device> which) {
        List<Device> gone = of(user).stream().filter(which).toList();
        if (!gone.isEmpty()) {
            removeIn(tx, user, gone);
        }
    }

    private void removeIn(WriteTransaction tx, int user, List<Device> gone) {
        gone.forEach(device -> stores.devices().remove(tx, device.device()));
        LoginSessions.announce(tx, user);
    }
}
