package chat.hearth.protocol.event;

import chat.hearth.protocol.json.JsonNumber;

/// How large an event and its parts may be.
public final class EventLimits {
    /// Bytes of a whole event in canonical JSON, signatures included, `unsigned` not. See [Size
    /// limits](https://spec.matrix.org/v1.19/client-server-api/#size-limits).
    public static final int EVENT_BYTES_MAX = 65_536;

    /// Bytes in UTF-8 of a type, a state key and of each identifier. See [Size
    /// limits](https://spec.matrix.org/v1.19/client-server-api/#size-limits).
    public static final int FIELD_BYTES_MAX = 255;

    /// Events in `prev_events`. See [PDU
    /// format](https://spec.matrix.org/v1.19/rooms/v12/#event-format).
    public static final int PREV_EVENTS_MAX = 20;

    /// Events in `auth_events`. See [PDU
    /// format](https://spec.matrix.org/v1.19/rooms/v12/#event-format).
    public static final int AUTH_EVENTS_MAX = 10;

    /// The greatest depth, the largest integer that canonical JSON allows; a deeper event keeps
    /// this depth.
    public static final long DEPTH_MAX = JsonNumber.INTEGER_MAX;

    /// Bytes that a local event leaves free for the signatures it gets when it leaves the server:
    /// one of its own server, one of a server that authorised a restricted join.
    public static final int SIGNATURES_BYTES_RESERVED = 1_024;

    private EventLimits() {}
}
