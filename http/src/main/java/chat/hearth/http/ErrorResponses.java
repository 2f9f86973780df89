package chat.hearth.http;

import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.Excerpt;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonObject;
import java.util.OptionalLong;

/// The one place where errors become responses.
///
/// See [Standard error
/// response](https://spec.matrix.org/v1.19/client-server-api/#standard-error-response).
final class ErrorResponses {
    private static final long MILLIS_PER_SECOND = 1000;

    private ErrorResponses() {}

    static Response of(MatrixException error) {
        JsonObject object = body(error.errCode(), error.text());
        OptionalLong retryAfterMillis = error.details().integer("retry_after_ms");
        if (!error.details().isEmpty()) {
            object = JsonObject.builder().putAll(object).putAll(error.details()).build();
        }
        Response response = Response.json(object).withStatus(error.status());
        if (retryAfterMillis.isEmpty()) {
            return response;
        }
        long seconds = Math.ceilDiv(retryAfterMillis.getAsLong(), MILLIS_PER_SECOND);
        return response.withHeader("Retry-After", Long.toString(seconds));
    }

    static Response of(int status, ErrCode code, String message) {
        return Response.json(body(code, message)).withStatus(status);
    }

    static JsonObject body(ErrCode code, String message) {
        return JsonObject.builder()
                .put("errcode", code.name())
                .put("error", Excerpt.ofWords(message))
                .build();
    }
}
