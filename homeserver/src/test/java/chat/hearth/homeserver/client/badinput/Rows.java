package chat.hearth.homeserver.client.badinput;

import java.util.List;
import java.util.stream.Stream;

/// All lines of the table, and what they have in common.
final class Rows {
    /// The reaction that Bob has sent.
    static final String HEART =
            """
            {"m.relates_to": {"rel_type": "m.annotation", "event_id": "$reacted", "key": "♥"}}
            """;

    private Rows() {}

    static List<Row> all() {
        return Stream.of(
                        AccountRows.rows(),
                        SuspendedRows.rows(),
                        ProofRows.rows(),
                        RegistrationRows.rows(),
                        PersonalRows.rows(),
                        RoomRows.rows(),
                        PowerRows.rows(),
                        NewRoomRows.rows(),
                        BodyRows.rows(),
                        MemberRows.rows(),
                        NumberRows.rows(),
                        NulRows.rows(),
                        TransportRows.rows(),
                        LimitRows.rows(),
                        TransactionRows.rows(),
                        SyncRows.rows(),
                        RelationRows.rows(),
                        LeftOut.rows())
                .flatMap(List::stream)
                .toList();
    }
}
