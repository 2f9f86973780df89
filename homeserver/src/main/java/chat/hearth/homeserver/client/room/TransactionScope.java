package chat.hearth.homeserver.client.room;

import chat.hearth.http.Requester;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.RoomId;
import chat.hearth.storage.TransactionKey;

import java.nio.charset.StandardCharsets;

/// Makes the keys by which repeated requests of a device are known.
///
/// See [Transaction
/// identifiers](https://spec.matrix.org/v1.19/client-server-api/#transaction-identifiers).
final class TransactionScope {
    /// In UTF-8. Ids are kept, in memory and in an index. The specification sets no length, the one
    /// of its [opaque identifiers](https://spec.matrix.org/v1.19/appendices/#opaque-identifiers) is
    /// taken.
    private static final int TXN_ID_BYTES_MAX = 255;

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private TransactionScope() {}

    /// The key of a request to `endpoint` about `subject` in a room: an event type or the event to
    /// redact. Kept in the database, so it must stay the same from version to version.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` for an id of more than 255 bytes, 404
    ///   `M_UNRECOGNIZED` for none: such a path is another one's, and every message sent that way
    ///   would be taken for the first
    static TransactionKey key(
            Requester requester, String endpoint, RoomId room, String subject, String txnId) {
        if (txnId.isEmpty()) {
            throw new MatrixException(ErrCode.M_UNRECOGNIZED, 404, "Unrecognized request");
        }
        if (txnId.getBytes(StandardCharsets.UTF_8).length > TXN_ID_BYTES_MAX) {
            throw MatrixException.invalidParam("A transaction id has at most 255 bytes");
        }
        long scope = hash(hash(hash(OFFSET, endpoint), room.value()), subject);
        return new TransactionKey(requester.device(), scope, txnId);
    }

    /// FNV-1a over the UTF-16 units and an end mark. Only a device's own requests are told apart by
    /// it, so nobody gains by finding two texts with one hash.
    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        return (hash ^ 0x10000) * PRIME;
    }
}
