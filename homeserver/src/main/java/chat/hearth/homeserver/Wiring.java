package chat.hearth.homeserver;

import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.DatabaseUrl;
import chat.hearth.homeserver.config.Listeners;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.http.Api;
import chat.hearth.http.HttpServer;
import chat.hearth.http.HttpSettings;
import chat.hearth.http.Listener;
import chat.hearth.http.RequestMetrics;
import chat.hearth.http.Route;
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

/// The composition root: builds a server's parts in order, each from those before it. What opens
/// first closes last.
final class Wiring {
    private final HearthConfig config;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Wiring(HearthConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /// Builds everything and begins to answer.
    Hearth start() {
        var relay = new CommitRelay();
        Database database = Database.open(databaseConfig(), relay);
        RoomEngine engine = engine(database);
        relay.connect(engine.listener());
        throw new UnsupportedOperationException();
    }
}
