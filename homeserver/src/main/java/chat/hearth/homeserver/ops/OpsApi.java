package chat.hearth.homeserver.ops;

import chat.hearth.http.Access;
import chat.hearth.http.Api;
import chat.hearth.http.Request;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.storage.jdbc.Database;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Health and metrics, for operators only.
///
/// - `GET /health/live`: 200 as long as the process answers at all.
/// - `GET /health/ready`: 200 when the database can be read and written, else 503.
/// - `GET /metrics`: the text format of Prometheus.
public final class OpsApi implements Api {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Database database;
    private final ServerMetrics metrics;

    /// The health of `database`, and `metrics`.
    public OpsApi(Database database, ServerMetrics metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/health/live", _ -> text("live\n")).withAccess(Access.PUBLIC),
                Route.get("/health/ready", this::ready).withAccess(Access.PUBLIC),
                Route.get("/metrics", this::metrics).withAccess(Access.PUBLIC));
    }

    private Response ready(Request request) {
        Health health = Health.of(database);
        return health == Health.WELL
                ? text("ready\n")
                : text(health.words() + "\n").withStatus(503);
    }

    private Response metrics(Request request) {
        return Response.content(PROMETHEUS, metrics.text());
    }

    private static Response text(String text) {
        return Response.content(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }
}
