package chat.hearth.homeserver;

import chat.hearth.homeserver.cli.ServerControl;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.http.HttpServer;
import chat.hearth.protocol.id.UserId;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/// One running homeserver. A process may hold several.
public final class Hearth implements ServerControl.Running {
    /// The name of the listener for clients.
    static final String CLIENT = "client";

    /// The name of the listener for operators.
    static final String OPERATORS = "ops";

    private final HearthConfig config;
    private final Services services;
    private final HttpServer http;
    private final OpenParts parts;

    Hearth(HearthConfig config, Services services, HttpServer http, OpenParts parts) {
        this.config = config;
        this.services = services;
        this.http = http;
        this.parts = parts;
    }

    /// Starts a homeserver; it answers when this returns.
    public static Hearth start(HearthConfig config) {
        return start(config, InstantSource.system());
    }

    /// Starts a homeserver that tells the time by `clock`.
    public static Hearth start(HearthConfig config, InstantSource clock) {
        return start(config, clock, System::nanoTime);
    }

    /// Starts a homeserver whose rate limits count time by `nanoTime`.
    static Hearth start(HearthConfig config, InstantSource clock, LongSupplier nanoTime) {
        return new Wiring(config, clock, nanoTime).start();
    }

    /// Makes an account in the database that `config` names, whether or not a server runs on it.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 400 when the name is taken or not allowed
    public static UserId createAccount(
            HearthConfig config, String localpart, Secret password, boolean admin) {
        return new Wiring(config, InstantSource.system(), System::nanoTime)
                .createAccount(localpart, password, admin);
    }

    /// What it was started with.
    public HearthConfig config() {
        return config;
    }

    /// What answers behind the endpoints.
    Services services() {
        return services;
    }

    @Override
    public int clientPort() {
        return http.port(CLIENT);
    }

    @Override
    public OptionalInt opsPort() {
        return config.listeners().ops().enabled()
                ? OptionalInt.of(http.port(OPERATORS))
                : OptionalInt.empty();
    }

    /// How many syncs wait for news at this moment.
    public int waitingSyncs() {
        return services.engine().feed().waiting();
    }

    @Override
    public void awaitFailure() throws InterruptedException {
        services.database().awaitFailure();
    }

    /// Ends long polls, answers the requests under way, and closes what was opened, last things
    /// first.
    @Override
    public void close() {
        services.engine().typing().stopAll();
        services.engine().feed().endWaiting();
        parts.close();
    }
}
