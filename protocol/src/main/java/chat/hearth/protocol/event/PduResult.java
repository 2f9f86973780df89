package chat.hearth.protocol.event;

import chat.hearth.protocol.error.MatrixException;

/// An event, or why it is none.
public sealed interface PduResult {
    /// The event is well-formed. Neither its signatures nor its hashes were checked.
    ///
    /// @param pdu the event
    record Valid(Pdu pdu) implements PduResult {}

    /// There is no event.
    ///
    /// @param fault the kind of fault
    /// @param reason what is wrong, in words for people
    record Refused(PduFault fault, String reason) implements PduResult {}

    /// The event.
    ///
    /// @throws MatrixException when it was refused
    default Pdu orThrow() {
        return switch (this) {
            case Valid(Pdu pdu) -> pdu;
            case Refused(PduFault fault, String reason) ->
                    throw new MatrixException(fault.errCode(), fault.status(), reason);
        };
    }
}
