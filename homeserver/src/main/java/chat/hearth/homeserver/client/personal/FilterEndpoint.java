package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.rooms.accountdata.StoredFilters;

import java.util.List;

/// `POST /_matrix/client/v3/user/{userId}/filter` and `GET
/// /_matrix/client/v3/user/{userId}/filter/{filterId}`.
///
/// See [Filtering](https://spec.matrix.org/v1.19/client-server-api/#filtering).
final class FilterEndpoint {
    private static final String FILTER = Own.V3 + "/user/{userId}/filter";

    private final StoredFilters filters;

    FilterEndpoint(StoredFilters filters) {
        this.filters = filters;
    }

    List<Route> routes() {
        return List.of(
                Route.post(FILTER, this::post).withBodyLimit(Route.EVENT_BODY_BYTES_MAX),
                Route.get(FILTER + "/{filterId}", this::find));
    }

    private Response post(Request request) {
        int user = Own.requester(request).user();
        return Response.json("filter_id", filters.add(user, request.json()));
    }

    private Response find(Request request) {
        return filters.find(Own.requester(request).user(), request.path("filterId"))
                .map(Response::json)
                .orElseThrow(() -> MatrixException.notFound("There is no such filter"));
    }
}
