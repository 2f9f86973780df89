package chat.hearth.homeserver.client.account;

import chat.hearth.homeserver.account.AccountDeactivation;
import chat.hearth.homeserver.account.AccountLimits;
import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.SessionLifetimes;
import chat.hearth.homeserver.account.SharedSecretRegistration;
import chat.hearth.homeserver.client.server.ClientAddress;
import chat.hearth.homeserver.client.server.ServerApi;
import chat.hearth.homeserver.client.server.ServerFacts;
import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.homeserver.config.RateLimits;
import chat.hearth.homeserver.config.RegistrationConfig;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.http.HttpServer;
import chat.hearth.http.HttpSettings;
import chat.hearth.http.Listener;
import chat.hearth.http.RequestMetrics;
import chat.hearth.http.Route;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.event.Marks;
import chat.hearth.rooms.stream.CommitRelay;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.jdbc.Database;
import chat.hearth.testkit.db.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The endpoints about accounts on a free loopback port, over a database of their own, with a clock
/// that stands still.
final class AccountServer implements AutoCloseable {
    static final ServerName NAME = new ServerName("hearth.test");

    private static final RateLimits.RateLimit ANY = new RateLimits.RateLimit(1, 1);
    private static final RateLimits UNLIMITED = new RateLimits(false, ANY, ANY, ANY, ANY, ANY, ANY);

    private final AtomicLong now = new AtomicLong(1_800_000_000_000L);
    private final Database database;
    private final RoomEngine engine;
    private final AccountServices accounts;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private AccountServer(Path folder, RegistrationConfig registration, RateLimits limits) {
        InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        var relay = new CommitRelay();
        var ids = new AtomicInteger();
        this.database =
                Database.open(DatabaseConfig.Sqlite.at(TestDatabases.sqlite(folder)), relay);
        this.engine =
                RoomEngine.of(
                        NAME,
                        database.stores(),
                        database.journal(),
                        (_, _, _) -> Marks.NONE,
                        clock,
                        () -> "opaque" + ids.incrementAndGet(),
                        RoomEngine.Limits.DEFAULT);
        relay.connect(engine.listener());
        var rules =
                new AccountServices.Rules(
                        registration,
                        new PasswordHashConfig(8, 1, 1, 2, 64),
                        AccountLimits.of(limits, () -> now.get() * 1_000_000),
                        SessionLifetimes.DEFAULT);
        var data = new AccountServices.Data(database.stores(), database.journal());
        var random = new SecureRandom();
        this.accounts = AccountServices.of(NAME, data, rules, clock, random);
        URI address = URI.create("https://hearth.test");
        var facts = new ServerFacts(NAME, "test", address, registration.mode(), () -> true);
        List<Route> routes = new ArrayList<>(new ServerApi(facts).routes());
        routes.addAll(
                new AccountApi(
                                accounts,
                                new AccountDeactivation(accounts, data, engine.memberships()),
                                registration
                                        .toolSecret()
                                        .map(
                                                secret ->
                                                        new SharedSecretRegistration(
                                                                secret,
                                                                accounts.registration(),
                                                                random))
                                        .orElse(null),
                                ClientAddress.wellKnown(address))
                        .routes());
        var listener = Listener.forClients("client", Listener.LOOPBACK, 0, routes);
        this.server =
                HttpServer.start(
                        HttpSettings.defaults(),
                        List.of(listener),
                        accounts.sessions(),
                        RequestMetrics.NONE);
    }

    /// A server where anybody may register.
    static AccountServer open(Path folder) {
        return of(folder, RegistrationConfig.Mode.OPEN, null);
    }

    /// A server with a mode of registration, `letmein` being a registration token.
    static AccountServer of(
            Path folder, RegistrationConfig.Mode mode, @Nullable String sharedSecret) {
        Secret secret = sharedSecret == null ? null : new Secret(sharedSecret);
        var registration = new RegistrationConfig(mode, List.of(new Secret("letmein")), secret);
        return new AccountServer(folder, registration, UNLIMITED);
    }

    /// A server where anybody may register, at limited rates.
    static AccountServer limited(Path folder, RateLimits limits) {
        var registration = new RegistrationConfig(RegistrationConfig.Mode.OPEN, List.of(), null);
        return new AccountServer(folder, registration, limits);
    }

    /// What the server answered.
    record Answer(int status, JsonObject body) {
        String string(String name) {
            return body.string(name).orElseThrow();
        }

        Optional<String> errcode() {
            return body.string("errcode");
        }
    }

    AccountServices accounts() {
        return accounts;
    }

    Database database() {
        return database;
    }

    RoomEngine engine() {
        return engine;
    }

    void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    Answer get(String path, @Nullable String token) {
        return send("GET", path, token, null);
    }

    Answer post(String path, @Nullable String token, String body) {
        return send("POST", path, token, body);
    }

    Answer send(String method, String path, @Nullable String token, @Nullable String body) {
        HttpResponse<byte[]> response = exchange(method, path, token, body);
        return new Answer(response.statusCode(), JsonReader.readObject(response.body()));
    }

    HttpResponse<byte[]> exchange(
            String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + server.port("client") + path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(method + " " + path, e);
        }
    }

    /// Registers a user with the password `secret`.
    Answer register(String username) {
        return post(
                "/_matrix/client/v3/register",
                null,
                """
                {"username": "%s", "password": "secret", "auth": {"type": "m.login.dummy"}}
                """
                        .formatted(username));
    }

    /// Registers a user and answers the access token.
    String registered(String username) {
        return register(username).string("access_token");
    }

    Answer login(String user, String password) {
        return post(
                "/_matrix/client/v3/login",
                null,
                """
                {"type": "m.login.password", "password": "%s",
                 "identifier": {"type": "m.id.user", "user": "%s"}}
                """
                        .formatted(password, user));
    }

    @Override
    public void close() {
        server.close();
        client.close();
        accounts.close();
        engine.close();
        database.close();
    }
}
