package chat.hearth.homeserver;

import chat.hearth.homeserver.account.AccountDeactivation;
import chat.hearth.homeserver.account.AccountLimits;
import chat.hearth.homeserver.account.AccountServices;
import chat.hearth.homeserver.account.AccountUpkeep;
import chat.hearth.homeserver.account.SessionLifetimes;
import chat.hearth.homeserver.account.SharedSecretRegistration;
import chat.hearth.homeserver.cli.Version;
import chat.hearth.homeserver.client.EarlierPaths;
import chat.hearth.homeserver.client.account.AccountApi;
import chat.hearth.homeserver.client.budget.EventBudget;
import chat.hearth.homeserver.client.personal.PersonalApi;
import chat.hearth.homeserver.client.personal.PersonalServices;
import chat.hearth.homeserver.client.room.RoomApi;
import chat.hearth.homeserver.client.room.RoomLimits;
import chat.hearth.homeserver.client.server.ClientAddress;
import chat.hearth.homeserver.client.server.ServerApi;
import chat.hearth.homeserver.client.server.ServerFacts;
import chat.hearth.homeserver.config.AddressRange;
import chat.hearth.homeserver.config.DatabaseUrl;
import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.Listeners;
import chat.hearth.homeserver.config.Secret;
import chat.hearth.homeserver.ops.Health;
import chat.hearth.homeserver.ops.OpsApi;
import chat.hearth.homeserver.ops.ServerMetrics;
import chat.hearth.homeserver.sync.SyncApi;
import chat.hearth.http.Api;
import chat.hearth.http.HttpServer;
import chat.hearth.http.HttpSettings;
import chat.hearth.http.Listener;
import chat.hearth.http.Route;
import chat.hearth.http.TrustedProxies;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.id.UserId;
import chat.hearth.rooms.RoomEngine;
import chat.hearth.rooms.presence.PresenceMoves;
import chat.hearth.rooms.stream.CommitRelay;
import chat.hearth.rooms.stream.Runs;
import chat.hearth.rooms.unread.DefaultRuleMarker;
import chat.hearth.storage.DatabaseConfig;
import chat.hearth.storage.DatabaseUnavailableException;
import chat.hearth.storage.jdbc.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The composition root: builds a server's parts in order, each from those before it. Nothing else
/// knows which class stands behind a port.
final class Wiring {
    /// How often profiles that did not reach all rooms are tried again.
    private static final int PROFILES_SECONDS = 30;

    /// How often guests are looked for who should have left; first soon after the start.
    private static final int GUESTS_SECONDS = 60;

    /// How often bans are looked for that did not reach a new room.
    private static final int BANS_SECONDS = 60;

    private final HearthConfig config;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final SecureRandom random = new SecureRandom();
    private final EventBudget budget;

    Wiring(HearthConfig config, InstantSource clock, LongSupplier nanoTime) {
        this.config = config;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.budget = EventBudget.of(config.rateLimits(), nanoTime);
    }

    /// Opens the database, builds everything on it, and begins to answer. What was opened is closed
    /// again when something fails.
    Hearth start() {
        var parts = new OpenParts();
        try {
            return start(parts);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private Hearth start(OpenParts parts) {
        parts.add(DataLock.take(config.dataDirectory().toAbsolutePath()));
        PrivateFiles.warnOfOpen(config.dataDirectory().toAbsolutePath());
        var relay = new CommitRelay();
        Database database = parts.add(Database.open(database(), relay, random));
        RoomEngine engine = parts.add(engine(database));
        AccountServices accounts = parts.add(accounts(database));
        PersonalServices personal =
                parts.add(
                        PersonalServices.of(
                                engine,
                                database.stores(),
                                database.journal(),
                                database.vital(),
                                clock));
        var moves = new PresenceMoves(personal.presence());
        relay.connect(engine.listener().then(accounts.sessions()).then(moves));
        var services = new Services(database, engine, accounts, personal);
        parts.add(housekeeping(services));
        HttpServer http = parts.add(serve(services));
        return new Hearth(config, services, http, parts);
    }

    private Housekeeping housekeeping(Services services) {
        PersonalServices personal = services.personal();
        var housekeeping =
                new Housekeeping(
                        services.engine(),
                        services.database().readScopes(),
                        services.database().vital());
        housekeeping.every(1, personal.presence()::tick);
        housekeeping.every(PROFILES_SECONDS, personal.propagation()::resume);
        housekeeping.every(1, GUESTS_SECONDS, services.engine().guests()::resume);
        housekeeping.every(1, services.engine().bans()::goOn);
        housekeeping.every(BANS_SECONDS, services.engine().bans()::resume);
        housekeeping.every(
                (int) AccountUpkeep.INTERVAL.toSeconds(), services.accounts().upkeep()::run);
        housekeeping.every(
                (int) TransactionUpkeep.INTERVAL.toSeconds(),
                new TransactionUpkeep(
                        services.stores().transactions(), services.database().journal(), clock));
        housekeeping.every(
                (int) StateUpkeep.INTERVAL.toSeconds(),
                new StateUpkeep(services.stores().states(), services.database().journal()));
        return housekeeping;
    }

    /// Lets pass when an account of that name could be made.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 400 when the name is taken or not allowed
    void requireFree(String localpart) {
        try (Database database = Database.openBeside(database());
                AccountServices accounts = accounts(database)) {
            accounts.registration().requireFree(localpart);
        }
    }

    /// Makes an account in the database, whether or not a server runs on it.
    ///
    /// @throws chat.hearth.protocol.error.MatrixException 400 when the name is taken or not allowed
    UserId createAccount(String localpart, Secret password, boolean admin) {
        try (Database database = Database.openBeside(database());
                AccountServices accounts = accounts(database)) {
            return accounts.accounts().create(localpart, password.reveal(), admin);
        }
    }

    private AccountServices accounts(Database database) {
        return AccountServices.of(
                config.serverName(),
                data(database),
                new AccountServices.Rules(
                        config.registration(),
                        config.passwordHash(),
                        AccountLimits.of(config.rateLimits(), nanoTime),
                        SessionLifetimes.DEFAULT),
                clock,
                nanoTime,
                random);
    }

    private RoomEngine engine(Database database) {
        return RoomEngine.of(
                config.serverName(),
                database.stores(),
                database.journal(),
                database.vital(),
                new DefaultRuleMarker(config.serverName(), database.stores().identifiers()),
                clock,
                new OpaqueIds(random)::next,
                RoomEngine.Limits.DEFAULT);
    }

    /// What clients may ask for.
    List<Route> clientRoutes(Services services) {
        RoomEngine engine = services.engine();
        PersonalServices personal = services.personal();
        List<Route> routes = new ArrayList<>();
        for (Api api : clientApis(services)) {
            api.routes().forEach(route -> routes.add(personal.noting(route)));
        }
        routes.addAll(new PersonalApi(personal, engine, services.stores(), budget).routes());
        routes.addAll(
                new SyncApi(
                                engine,
                                services.stores(),
                                config.sync(),
                                personal.syncPresence(),
                                services.database().readScopes(),
                                Runs.begin(
                                        services.stores(),
                                        services.database().journal(),
                                        runName()))
                        .routes());
        var reads = new RequestReads(services.database().readScopes());
        routes.replaceAll(reads::bounded);
        return routes;
    }

    private HttpServer serve(Services services) {
        var metrics = new ServerMetrics(services.database().metrics(), services.engine());
        Listeners.Clients client = config.listeners().client();
        List<Listener> listeners = new ArrayList<>();
        listeners.add(
                Listener.forClients(
                                Hearth.CLIENT,
                                client.address().getHostAddress(),
                                client.port(),
                                EarlierPaths.with(clientRoutes(services)))
                        .withConnectionsMax(client.connectionsMax())
                        .withRateLimit(services.accounts().limits().other()));
        Listeners.Operators ops = config.listeners().ops();
        if (ops.enabled()) {
            listeners.add(
                    Listener.forOperations(
                                    Hearth.OPERATORS,
                                    ops.address().getHostAddress(),
                                    ops.port(),
                                    new OpsApi(services.database(), metrics).routes())
                            .withConnectionsMax(ops.connectionsMax()));
        }
        return HttpServer.start(
                settings(),
                listeners,
                services.accounts().sessions(),
                metrics,
                Wiring::unavailable,
                services.database().vital()::thread);
    }

    private String runName() {
        return Long.toString(random.nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
    }

    /// What a client is told while the database cannot be used.
    private static Optional<MatrixException> unavailable(Throwable failure) {
        return failure instanceof DatabaseUnavailableException
                ? Optional.of(
                        new MatrixException(
                                ErrCode.M_UNKNOWN,
                                503,
                                "The server cannot use its database now, try again later"))
                : Optional.empty();
    }

    /// Every group of endpoints of the client-server API.
    private List<Api> clientApis(Services services) {
        Database database = services.database();
        RoomEngine engine = services.engine();
        AccountServices accounts = services.accounts();
        URI address =
                ClientAddress.published(
                                config.baseUrl(),
                                config.serverName(),
                                config.listeners().client().port())
                        .orElse(null);
        return List.of(
                new ServerApi(serverFacts(database, address)),
                new AccountApi(
                        accounts,
                        new AccountDeactivation(accounts, data(database), engine.memberships()),
                        config.registration()
                                .toolSecret()
                                .map(secret -> sharedSecret(secret, accounts))
                                .orElse(null),
                        address == null ? null : ClientAddress.wellKnown(address)),
                new RoomApi(
                        config.serverName(),
                        engine,
                        database.stores(),
                        database.journal(),
                        RoomLimits.of(
                                config.rateLimits(), budget, accounts.limits().other(), nanoTime),
                        config.defaultRoomVersion(),
                        clock));
    }

    private SharedSecretRegistration sharedSecret(Secret secret, AccountServices accounts) {
        return new SharedSecretRegistration(
                secret, accounts.registration(), accounts.limits().sharedSecret(), random);
    }

    private ServerFacts serverFacts(Database database, @Nullable URI address) {
        return new ServerFacts(
                config.serverName(),
                Version.number(),
                address,
                config.registration().mode(),
                config.defaultRoomVersion(),
                () -> Health.of(database));
    }

    private static AccountServices.Data data(Database database) {
        return new AccountServices.Data(database.stores(), database.journal(), database.vital());
    }

    private HttpSettings settings() {
        return HttpSettings.defaults()
                .withTrustedProxies(
                        TrustedProxies.of(
                                config.listeners().trustedProxies().stream()
                                        .map(AddressRange::toString)
                                        .toList()));
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
            // SQLite gives the files beside it the mode of this one.
            PrivateFiles.makeFile(file);
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
