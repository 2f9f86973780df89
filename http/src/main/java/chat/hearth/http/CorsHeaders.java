package chat.hearth.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;

/// The headers that let web pages of any origin call the server, the same on every response.
///
/// See [Web browser clients](https://spec.matrix.org/v1.19/client-server-api/#web-browser-clients).
final class CorsHeaders {
    private static final Header ORIGIN =
            HeaderValues.createCached("Access-Control-Allow-Origin", "*");
    private static final Header METHODS =
            HeaderValues.createCached(
                    "Access-Control-Allow-Methods", "GET, POST, PUT, DELETE, OPTIONS");
    private static final Header HEADERS =
            HeaderValues.createCached(
                    "Access-Control-Allow-Headers",
                    "X-Requested-With, Content-Type, Authorization");

    private CorsHeaders() {}

    static void addTo(WritableHeaders<?> headers) {
        headers.set(ORIGIN);
        headers.set(METHODS);
        headers.set(HEADERS);
    }
}
