package chat.hearth.storage.jdbc;

import chat.hearth.storage.Device;
import chat.hearth.storage.DeviceStore;
import chat.hearth.storage.WriteTransaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One row per device.
final class JdbcDeviceStore implements DeviceStore {
    private static final Sql INSERT =
            Sql.of(
                    "INSERT INTO devices (device_nid, user_nid, device_id, display_name,"
                            + " created_ts, last_seen_ts, last_seen_ip)"
                            + " VALUES (?, ?, ?, ?, ?, 0, NULL)");

    private static final String COLUMNS =
            "SELECT device_nid, user_nid, device_id, display_name, created_ts, last_seen_ts,"
                    + " last_seen_ip FROM devices";
    private static final Sql BY_ID =
            Sql.of(
                    COLUMNS
                            + "{by devices_by_id} WHERE user_nid {is ?} AND device_id {is ?}"
                            + " ORDER BY user_nid, device_id LIMIT 1");
    private static final Sql BY_NUMBER = Sql.of(COLUMNS + " WHERE device_nid = ?");
    private static final Sql OF_USER =
            Sql.of(
                    COLUMNS
                            + "{by devices_by_user} WHERE user_nid {is ?}"
                            + " ORDER BY user_nid, device_nid LIMIT ?");

    private static final Sql RENAME =
            Sql.of("UPDATE devices SET display_name = ? WHERE device_nid = ?");
    private static final Sql SEEN =
            Sql.of("UPDATE devices SET last_seen_ts = ?, last_seen_ip = ? WHERE device_nid = ?");

    /// A device and what cannot be without it. Its answered transactions just grow old: no later
    /// device gets its number.
    private static final List<Sql> REMOVE =
            List.of(
                    Sql.of("DELETE FROM access_tokens WHERE device_nid = ?"),
                    Sql.of("DELETE FROM refresh_tokens WHERE device_nid = ?"),
                    Sql.of("DELETE FROM devices WHERE device_nid = ?"));

    private static final String OTHERS =
            " WHERE device_nid IN (SELECT device_nid FROM devices WHERE user_nid = ?)"
                    + " AND device_nid <> ?";

    /// Devices last, since the tokens are found by them.
    private static final List<Sql> REMOVE_OTHERS =
            List.of(
                    Sql.of("DELETE FROM access_tokens" + OTHERS),
                    Sql.of("DELETE FROM refresh_tokens" + OTHERS),
                    Sql.of("DELETE FROM devices WHERE user_nid = ? AND device_nid <> ?"));

    /// Reads no more than what may be there, in most cases.
    private static final Sql HAS_EXCESS =
            Sql.of(
                    "SELECT device_nid FROM devices{by devices_by_user} WHERE user_nid {is ?}"
                            + " ORDER BY user_nid, device_nid LIMIT 1 OFFSET ?");

    private static final Sql EXCESS =
            Sql.of(
                    COLUMNS
                            + " WHERE user_nid = ? ORDER BY CASE WHEN last_seen_ts > created_ts"
                            + " THEN last_seen_ts ELSE created_ts END DESC, device_nid DESC"
                            + " LIMIT ? OFFSET ?");

    private final Reads reads;

    JdbcDeviceStore(Reads reads) {
        this.reads = reads;
    }

    @Override
    public int add(
            WriteTransaction tx,
            int user,
            String deviceId,
            @Nullable String displayName,
            long createdTs) {
        JdbcTransaction own = JdbcTransaction.of(tx);
        Optional<Device> present = find(user, deviceId);
        if (present.isPresent()) {
            return present.get().device();
        }
        int device = own.head().nextNid(StreamHead.Counter.DEVICE);
        own.sql()
                .update(
                        INSERT,
                        p ->
                                p.number(device)
                                        .number(user)
                                        .text(deviceId)
                                        .text(displayName)
                                        .number(createdTs));
        return device;
    }

    @Override
    public Optional<Device> find(int user, String deviceId) {
        return reads.first(BY_ID, p -> p.number(user).text(deviceId), JdbcDeviceStore::device);
    }

    @Override
    public Optional<Device> find(int device) {
        return reads.first(BY_NUMBER, p -> p.number(device), JdbcDeviceStore::device);
    }

    @Override
    public List<Device> ofUser(int user, int limit) {
        return reads.list(OF_USER, p -> p.number(user).number(limit), JdbcDeviceStore::device);
    }

    @Override
    public void rename(WriteTransaction tx, int device, @Nullable String displayName) {
        JdbcTransaction.of(tx).sql().update(RENAME, p -> p.text(displayName).number(device));
    }

    @Override
    public void seen(WriteTransaction tx, int device, long ts, String ip) {
        JdbcTransaction.of(tx).sql().update(SEEN, p -> p.number(ts).text(ip).number(device));
    }

    @Override
    public void remove(WriteTransaction tx, int device) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        REMOVE.forEach(statement -> sql.update(statement, p -> p.number(device)));
    }

    @Override
    public int removeOthers(WriteTransaction tx, int user, int kept) {
        SqlConnection sql = JdbcTransaction.of(tx).sql();
        int removed = 0;
        for (Sql statement : REMOVE_OTHERS) {
            removed = sql.update(statement, p -> p.number(user).number(kept));
        }
        return removed;
    }

    @Override
    public List<Device> excess(int user, int max, int limit) {
        boolean hasExcess =
                reads.first(HAS_EXCESS, p -> p.number(user).number(max), Row::integer).isPresent();
        return hasExcess
                ? reads.list(
                        EXCESS,
                        p -> p.number(user).number(limit).number(max),
                        JdbcDeviceStore::device)
                : List.of();
    }

    private static Device device(Row row) throws SQLException {
        return new Device(
                row.integer(),
                row.integer(),
                row.text(),
                row.textOrNull(),
                row.number(),
                row.number(),
                row.textOrNull());
    }
}
