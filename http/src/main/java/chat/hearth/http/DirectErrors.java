package chat.hearth.http;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.json.JsonWriter;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;

import org.jspecify.annotations.Nullable;

/// The responses to requests that Helidon refuses before any route sees them: malformed HTTP, a
/// request line, headers or a body that are too large. Their connections are closed.
final class DirectErrors implements DirectHandler {
    private final boolean browsers;

    private DirectErrors(boolean browsers) {
        this.browsers = browsers;
    }

    static DirectHandlers handlers(boolean browsers) {
        var handler = new DirectErrors(browsers);
        var handlers = DirectHandlers.builder();
        for (EventType type : EventType.values()) {
            handlers.addHandler(type, handler);
        }
        return handlers.build();
    }

    @Override
    public TransportResponse handle(
            TransportRequest request,
            EventType type,
            Status status,
            ServerResponseHeaders headers,
            @Nullable String message) {
        if (browsers) {
            CorsHeaders.addTo(headers);
        }
        headers.set(HeaderNames.CONTENT_TYPE, "application/json");
        return TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .entity(JsonWriter.bytes(ErrorResponses.body(code(status), text(status))))
                .build();
    }

    private static ErrCode code(Status status) {
        return switch (status.code()) {
            case 413, 414, 431 -> ErrCode.M_TOO_LARGE;
            case 429 -> ErrCode.M_LIMIT_EXCEEDED;
            default -> ErrCode.M_UNKNOWN;
        };
    }

    /// Nothing of the request or of the exception goes into the text.
    private static String text(Status status) {
        return switch (status.code()) {
            case 413 -> "The body is too large";
            case 414 -> "The request line is too long";
            case 431 -> "The headers are too large";
            case 400 -> "Malformed HTTP request";
            case 429 -> "Too many large requests at once; try again later";
            case 503 -> "The server is too busy; try again later";
            case 505 -> "This version of HTTP is not supported; use HTTP/1.1";
            default -> status.code() >= 500 ? "Internal server error" : "Refused";
        };
    }
}
