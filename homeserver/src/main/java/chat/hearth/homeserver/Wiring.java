package chat.hearth.homeserver;

import chat.hearth.homeserver.config.DatabaseUrl;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Listeners;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.homeserver.ops.OpsApi;
import chat.hearth.homeserver.ops.ServerMetrics;
import chat.hearth.http.AccessTokens;
import chat.hearth.http.Api;
import chat.hearth.http.HttpServer;
import chat.hearth.http.HttpSettings;
import chat.hearth.http.Listener;
import chat.hearth.http.Route;
import chat.hearth.http.TokenOwner;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.stream.CommitRelay;
import chat.hearth.rooms.unread.DefaultRuleMarker;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.jdbc.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The composition root: builds a server's parts in order, each from those before it. Nothing else
/// knows which class stands behind a port.
final class Wiring {
    private final HearthConfig config;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Wiring(HearthConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /// Opens the database and builds everything on it; the caller closes what it gets.
    Hearth start() {
        var relay = new CommitRelay();
        Database database = Database.open(database(), relay);
        RoomEngine engine = engine(database);
        relay.connect(engine.listener());
        HttpServer http = serve(database, engine);
        return new Hearth(config, database, engine, new Housekeeping(engine), http);
    }

    private RoomEngine engine(Database database) {
        return RoomEngine.of(
                config.serverName(),
                database.stores(),
                database.journal(),
                new DefaultRuleMarker(config.serverName(), database.stores().identifiers()),
                clock,
                new OpaqueIds(random)::next,
                RoomEngine.Limits.DEFAULT);
    }

    private HttpServer serve(Database database, RoomEngine engine) {
        List<Route> routes = new ArrayList<>();
        for (Api api : clientApis()) {
            routes.addAll(api.routes());
        }
        AccessTokens tokens = (_, _) -> new TokenOwner.Unknown();
        var metrics = new ServerMetrics(database.metrics(), engine);
        Listeners.Listener client = config.listeners().client();
        List<Listener> listeners = new ArrayList<>();
        listeners.add(
                Listener.forClients(
                        Hearth.CLIENT, client.address().getHostAddress(), client.port(), routes));
        Listeners.Listener ops = config.listeners().ops();
        if (ops.enabled()) {
            listeners.add(
                    Listener.forOperations(
                            Hearth.OPERATORS,
                            ops.address().getHostAddress(),
                            ops.port(),
                            new OpsApi(database.stores(), metrics).routes()));
        }
        return HttpServer.start(settings(client), listeners, tokens, metrics);
    }

    /// Every group of endpoints of the client-server API.
    private static List<Api> clientApis() {
        return List.of();
    }

    private static HttpSettings settings(Listeners.Listener client) {
        HttpSettings defaults = HttpSettings.defaults();
        return new HttpSettings(
                client.connectionsMax(),
                defaults.backlog(),
                defaults.idleTimeout(),
                defaults.shutdownGrace(),
                defaults.payloadBytesMax(),
                defaults.bodyDeadline(),
                defaults.sendDeadline(),
                defaults.trustedProxies());
    }

    private DatabaseConfig database() {
        return switch (config.database().url()) {
            case DatabaseUrl.Sqlite sqlite ->
                    new DatabaseConfig.Sqlite(
                            file(sqlite),
                            config.database().readers(),
                            DatabaseConfig.QUEUE_DEFAULT);
            case DatabaseUrl.PostgreSql postgres ->
                    new DatabaseConfig.Postgres(
                            postgres.jdbcUrl(),
                            postgres.user().orElse("postgres"),
                            password(postgres),
                            config.database().connectionsMax(),
                            DatabaseConfig.QUEUE_DEFAULT);
        };
    }

    private Path file(DatabaseUrl.Sqlite sqlite) {
        Path file = config.resolve(sqlite).toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private String password(DatabaseUrl.PostgreSql postgres) {
        Secret configured = config.database().password();
        Secret inUrl = postgres.urlPassword();
        if (configured != null) {
            return configured.reveal();
        }
        return inUrl == null ? "" : inUrl.reveal();
    }
}
