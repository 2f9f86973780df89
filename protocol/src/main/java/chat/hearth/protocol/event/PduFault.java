package chat.hearth.protocol.event;

import chat.hearth.protocol.error.ErrCode;

/// Why something is not an event.
public enum PduFault {
    /// A member is missing, has the wrong JSON type or a value that it may not have.
    MALFORMED(ErrCode.M_BAD_JSON, 400),
    /// The event or one of its parts is larger than [EventLimits] allows.
    TOO_LARGE(ErrCode.M_TOO_LARGE, 413);

    private final ErrCode errCode;
    private final int status;

    PduFault(ErrCode errCode, int status) {
        this.errCode = errCode;
        this.status = status;
    }

    /// The error code that a client sees whose event has this fault.
    public ErrCode errCode() {
        return errCode;
    }

    /// The HTTP status that goes with the error code.
    public int status() {
        return status;
    }
}
