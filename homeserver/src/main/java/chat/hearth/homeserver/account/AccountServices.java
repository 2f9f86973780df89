package chat.hearth.homeserver.account;

import chat.hearth.homeserver.config.PasswordHashConfig;
import chat.hearth.homeserver.config.RegistrationConfig;
import chat.hearth.protocol.id.ServerName;
import chat.hearth.storage.Journal;
import chat.hearth.storage.Stores;
import chat.hearth.storage.VitalWork;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What deals with the accounts of one server, put together. Close it before the database.
///
/// @param sessions whose access tokens are
/// @param accounts makes and changes accounts
/// @param hasher hashes passwords
/// @param passwords checks passwords
/// @param logins opens sessions
/// @param refreshing exchanges refresh tokens
/// @param devices devices
/// @param interactive lets people prove who they are
/// @param registration lets people make accounts
/// @param limits how often one may try
/// @param upkeep what somebody has to do now and then
public record AccountServices(
        AccountSessions sessions,
        Accounts accounts,
        PasswordHasher hasher,
        PasswordLogin passwords,
        LoginSessions logins,
        Refreshing refreshing,
        Devices devices,
        UserInteractiveAuth interactive,
        Registration registration,
        AccountLimits limits,
        AccountUpkeep upkeep)
        implements AutoCloseable {
    /// Where accounts are kept.
    ///
    /// @param stores the stores
    /// @param journal the one way to write
    /// @param vital runs what the server cannot do without
    public record Data(Stores stores, Journal journal, VitalWork vital) {}

    /// Rules about accounts.
    ///
    /// @param registration who may make one
    /// @param passwordHash what checking a password costs
    /// @param limits how often one may try
    /// @param lifetimes how long tokens live
    public record Rules(
            RegistrationConfig registration,
            PasswordHashConfig passwordHash,
            AccountLimits limits,
            SessionLifetimes lifetimes) {}

    /// Puts the accounts of `server` together.
    ///
    /// @param nanoTime a monotonic clock in nanoseconds
    /// @param random for tokens and salts: a `SecureRandom`, except in tests
    public static AccountServices of(
            ServerName server,
            Data data,
            Rules rules,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random) {
        Stores stores = data.stores();
        Journal journal = data.journal();
        var seen = new SeenDevices(stores, journal);
        var sessions = new AccountSessions(stores, journal, clock, seen);
        var hasher = new PasswordHasher(rules.passwordHash(), random, data.vital());
        var devices = new Devices(stores, journal, sessions);
        var accounts =
                new Accounts(
                        new Usernames(server), stores, journal, hasher, sessions, devices, clock);
        var passwords = new PasswordLogin(accounts, hasher, rules.limits());
        var logins = new LoginSessions(stores, journal, sessions, clock, random, rules.lifetimes());
        var tokens =
                new RegistrationTokens(
                        rules.registration().tokens(),
                        stores,
                        clock,
                        rules.limits().registrationToken());
        var stages = UserInteractiveAuth.stages(new PasswordStage(accounts, passwords), tokens);
        var guests =
                new Guests(
                        rules.registration().guests(), accounts, logins, sessions, stores, journal);
        return new AccountServices(
                sessions,
                accounts,
                hasher,
                passwords,
                logins,
                new Refreshing(stores, journal, logins, sessions, clock),
                devices,
                new UserInteractiveAuth(
                        stages,
                        random,
                        nanoTime,
                        UserInteractiveAuth.bytesMax(Runtime.getRuntime().maxMemory())),
                new Registration(
                        rules.registration().mode(),
                        accounts,
                        logins,
                        hasher,
                        tokens,
                        guests,
                        rules.limits(),
                        journal,
                        random),
                rules.limits(),
                new AccountUpkeep(seen, stores, journal, clock));
    }

    @Override
    public void close() {
        hasher.close();
        upkeep.run();
    }
}
