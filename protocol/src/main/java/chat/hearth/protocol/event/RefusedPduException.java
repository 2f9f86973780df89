package chat.hearth.protocol.event;

/// Ends the reading or building of an event; never leaves this package.
final class RefusedPduException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PduFault fault;

    RefusedPduException(PduFault fault, String reason) {
        super(reason, null, false, false);
        this.fault = fault;
    }

    static RefusedPduException malformed(String reason) {
        return new RefusedPduException(PduFault.MALFORMED, reason);
    }

    static RefusedPduException tooLarge(String reason) {
        return new RefusedPduException(PduFault.TOO_LARGE, reason);
    }

    PduResult.Refused result() {
        return new PduResult.Refused(fault, String.valueOf(getMessage()));
    }
}
