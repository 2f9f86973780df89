package chat.hearth.homeserver.account;

import chat.hearth.protocol.error.MatrixException;
import chat.hearth.storage.Device;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.WriteTransaction;
import java.util.List;
import java.util.Optional;

/// The devices of local users. Safe for use by several threads.
///
/// See [Device management](https://spec.matrix.org/v1.19/client-server-api/#device-management).
public final class Devices {
    /// How many devices a user may have. When one more logs in, the one that was not seen for the
    /// longest time is logged out: refusing the new one would lock out a user who lost the others.
    public static final int DEVICES_MAX = 1_000;

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
        return stores.devices().ofUser(user, DEVICES_MAX);
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
                deviceIds.stream().distinct().flatMap(id -> find(user, id).stream()).toList();
        if (gone.isEmpty()) {
            return;
        }
        journal.write(
                tx -> {
                    gone.forEach(device -> stores.devices().remove(tx, device.device()));
                    LoginSessions.announce(tx, user);
                    return gone.size();
                });
        sessions.forgetUser(user);
    }

    /// Removes all devices of a user with their tokens, and login tokens with them.
    public void removeAll(int user) {
        journal.write(
                tx -> {
                    stores.tokens().removeLoginsOfUser(tx, user);
                    return removeIn(tx, user, new LoggedOut.All());
                });
        sessions.forgetUser(user);
    }

    /// Removes devices in a write of the caller's, who has to forget the user's sessions.
    ///
    /// @return how many were removed
    int removeIn(WriteTransaction tx, int user, LoggedOut which) {
        int removed =
                switch (which) {
                    case LoggedOut.None _ -> 0;
                    case LoggedOut.All _ -> stores.devices().removeOthers(tx, user, 0);
                    case LoggedOut.AllBut(int kept) ->
                            stores.devices().removeOthers(tx, user, kept);
                };
        if (removed > 0) {
            LoginSessions.announce(tx, user);
        }
        return removed;
    }
}
