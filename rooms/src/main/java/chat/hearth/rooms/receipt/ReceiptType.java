package chat.hearth.rooms.receipt;

import java.util.Optional;

/// The kinds of marks that say how far a user has read.
public enum ReceiptType {
    /// A receipt that everybody in the room sees.
    READ("m.read"),
    /// A receipt that only its user sees.
    READ_PRIVATE("m.read.private"),
    /// The fully read marker, which is account data of the room.
    FULLY_READ("m.fully_read");

    private final String wireName;

    ReceiptType(String wireName) {
        this.wireName = wireName;
    }

    /// The name in paths, bodies and receipts.
    public String wireName() {
        return wireName;
    }

    /// The type with a name.
    public static Optional<ReceiptType> parse(String wireName) {
        for (ReceiptType type : values()) {
            if (type.wireName.equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
