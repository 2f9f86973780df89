package chat.hearth.homeserver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.hearth.homeserver.config.RegistrationConfig.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfigLoaderTest {
    @TempDir private Path folder;

    @Test
    void withoutAnythingItIsALocalServer() {
        HearthConfig config = ConfigLoader.load(null, Map.of());
        assertEquals("localhost", config.serverName().value());
        assertNull(config.baseUrl());
        assertEquals(Path.of("data"), config.dataDirectory());
        assertEquals(new Listeners.Clients(loopback(), 8008, 20_000), client(config));
        assertEquals(
                new Listeners.Operators(true, loopback(), 9008, 100), config.listeners().ops());
        assertEquals(
                new DatabaseConfig(new DatabaseUrl.Sqlite(Path.of("hearth.db")), null, 10, 4),
                config.database());
        assertEquals(
                new RegistrationConfig(Mode.OPEN, List.of(), null, false), config.registration());
        assertEquals(new PasswordHashConfig(19_456, 2, 1, 2, 64), config.passwordHash());
        assertEquals(new SyncConfig(Duration.ofSeconds(30), 100, 20_000), config.sync());
        assertEquals(
                new LoggingConfig(LoggingConfig.Format.TEXT, LoggingConfig.Level.INFO, true),
                config.logging());
    }

    @Test
    void everyGroupOfRequestsHasItsOwnDefaultLimit() {
        RateLimits limits = ConfigLoader.load(null, Map.of()).rateLimits();
        assertTrue(limits.enabled());
        assertEquals(new RateLimits.RateLimit(10, 0.2), limits.login());
        assertEquals(new RateLimits.RateLimit(5, 0.05), limits.registration());
        assertEquals(new RateLimits.RateLimit(50, 5), limits.send());
        assertEquals(new RateLimits.RateLimit(20, 0.5), limits.join());
        assertEquals(new RateLimits.RateLimit(20, 0.5), limits.invite());
        assertEquals(new RateLimits.RateLimit(200, 50), limits.other());
    }

    @Test
    void registrationIsOpenOnlyByTheLocalDefault() throws IOException {
        assertEquals(Mode.OPEN, mode(Map.of()));
        assertEquals(Mode.CLOSED, mode(Map.of("HEARTH_SERVER_NAME", "example.org")));
        assertEquals(Mode.CLOSED, mode(Map.of("HEARTH_LISTENERS_CLIENT_ADDRESS", "0.0.0.0")));
        assertEquals(Mode.CLOSED, mode(Map.of("HEARTH_REGISTRATION_MODE", "closed")));
        assertEquals(Mode.CLOSED, load("server-name: localhost").registration().mode());
    }

    @Test
    void aFileSetsWhatItNames() throws IOException {
        HearthConfig config =
                load(
                        """
                        server-name: example.org
                        base-url: https://matrix.example.org
                        data-directory: /srv/hearth
                        listeners:
                          client: {address: "::1", port: 0}
                          ops: {enabled: false}
                          trusted-proxies: [127.0.0.1, "fd00::/8"]
                        database:
                          url: postgresql://hearth:pw@db.example.org:5433/hearth?sslmode=require
                        registration:
                          mode: token
                          tokens: [one, "two"]
                        rate-limits:
                          login: {burst: 3}
                        outbound:
                          allow: [192.168.7.0/24]
                        sync: {wait-max: 5m}
                        logging: {format: json, level: debug, access: false}
                        """);
        assertEquals(URI.create("https://matrix.example.org"), config.baseUrl());
        assertEquals(InetAddress.ofLiteral("::1"), client(config).address());
        assertFalse(config.listeners().ops().enabled());
        assertEquals(
                List.of(AddressRange.parse("127.0.0.1/32"), AddressRange.parse("fd00::/8")),
                config.listeners().trustedProxies());
        assertEquals(
                new DatabaseUrl.PostgreSql(
                        "jdbc:postgresql://db.example.org:5433/hearth?sslmode=require",
                        "hearth",
                        new Secret("pw")),
                config.database().url());
        assertEquals(List.of(new Secret("one"), new Secret("two")), config.registration().tokens());
        assertEquals(new RateLimits.RateLimit(3, 0.2), config.rateLimits().login());
        assertEquals(List.of(AddressRange.parse("192.168.7.0/24")), config.outbound().allow());
        assertEquals(Duration.ofMinutes(5), config.sync().waitMax());
    }

    @Test
    void theEnvironmentGoesBeforeTheFile() throws IOException {
        HearthConfig config =
                ConfigLoader.load(
                        write("server-name: example.org\noutbound: {allow: [10.0.0.0/8]}"),
                        Map.of(
                                "HEARTH_SERVER_NAME", "other.example",
                                "HEARTH_OUTBOUND_ALLOW", "10.1.0.0/16, fd00::/8",
                                "HEARTH_JAVA_OPTS", "-Xmx1g",
                                "HEARTH_JDK_URL", "https://mirror.example.org/jdk.tar.gz",
                                "HOME", "/home/someone"));
        assertEquals("other.example", config.serverName().value());
        assertEquals(
                List.of(AddressRange.parse("10.1.0.0/16"), AddressRange.parse("fd00::/8")),
                config.outbound().allow());
    }

    @Test
    void aSecretMayStandInAFileOfItsOwn() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");
        Path tokens = Files.writeString(folder.resolve("tokens"), "one\ntwo\n");
        HearthConfig config =
                ConfigLoader.load(
                        write("registration: {mode: token, tokens-file: " + tokens + "}"),
                        Map.of("HEARTH_REGISTRATION_SHARED_SECRET_FILE", secret.toString()));
        assertEquals(Optional.of(new Secret("s3cret")), config.registration().toolSecret());
        assertEquals(List.of(new Secret("one"), new Secret("two")), config.registration().tokens());
    }

    @Test
    void noTextualFormTellsASecret() throws IOException {
        HearthConfig config =
                load(
                        """
                        database: {url: "postgresql://u:s3cret@db/hearth", password: s3cret}
                        registration: {mode: token, tokens: [s3cret], shared-secret: s3cret}
                        """);
        assertFalse(config.toString().contains("s3cret"), config.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    sever-name: example.org               | sever-name is not an option. Did you mean `server-name`?
                    listeners: {client: {prot: 1}}        | listeners.client.prot is not an option. Did you mean `listeners.client.port`?
                    listeners: {client: {enabled: false}} | listeners.client.enabled is not an option.
                    shared-secret: x                      | shared-secret is not an option. Did you mean `registration.shared-secret`?
                    quite: {unheard: of}                  | quite is not an option.
                    sync: 5                               | sync is a section, not a value.
                    server-name: {a: b}                   | server-name is a value, not a section.
                    server-name: [a]                      | server-name is one value, not a list.
                    server-name: "a b"                    | server-name: `a b` is no server name such as `example.org`.
                    listeners: {ops: {port: 65536}}       | listeners.ops.port is `65536`, which is out of its bounds: from 0 up to 65535.
                    listeners: {ops: {address: host.org}} | listeners.ops.address: `host.org` is no IP address.
                    sync: {wait-max: 30}                  | sync.wait-max: `30` is no duration such as `500ms`, `30s`, `5m`, `1h` or `7d`.
                    sync: {timeline-events-max: 1.5}      | sync.timeline-events-max: `1.5` is no whole number.
                    logging: {level: loud}                | logging.level: `loud` is no `error`, `warning`, `info`, `debug`, `trace`.
                    logging: {access: "yes"}              | logging.access: `yes` is no `true` or `false`.
                    outbound: {deny: [10.0.0.0/33]}       | outbound.deny: `10.0.0.0/33` is no range such as `10.0.0.0/8`.
                    database: {url: "mysql:secret"}       | database.url: the value is no database address.
                    base-url: "ftp://example.org"         | base-url: `ftp://example.org` is no http or https address.
                    registration: {mode: token}           | registration: the mode `token` needs at least one of `tokens`.
                    rate-limits: {send: {per-second: 0}}  | rate-limits.send: `per-second` must be more than 0.
                    registration: {tokens: [a], tokens-file: b} | registration.tokens is given twice: as value and as `-file`.
                    database: {password-file: /no/such}   | database.password-file: cannot read /no/such.
                    """)
    void whatCannotBeUsedIsNamed(String yaml, String problem) throws IOException {
        Path file = write(yaml);
        String told = told(refused(file, Map.of()));
        assertTrue(told.contains(problem), told);
        assertTrue(told.contains(file.toString()) || !told.contains("not an option"), told);
    }

    @Test
    void everythingWrongIsToldAtOnce() throws IOException {
        Path file = write("sever-name: a\nlisteners: {client: {port: x}}\nlogging: {format: xml}");
        ConfigException refused = refused(file, Map.of("HEARTH_SYNC_WAIT_MAXX", "1s"));
        assertEquals(4, refused.problems().size(), told(refused));
        assertTrue(told(refused).contains("Did you mean `HEARTH_SYNC_WAIT_MAX`?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "\t- x", "server-name: 'open", "- a\n- b"})
    void whatIsNoMappingInYamlIsRefused(String text) throws IOException {
        Path file = write(text);
        assertTrue(told(refused(file, Map.of())).contains(file.toString()));
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.yaml");
        assertEquals(
                List.of(missing + ": there is no such file, or it cannot be read."),
                refused(missing, Map.of()).problems());
    }

    @Test
    void anEmptySectionIsNothingWrong() throws IOException {
        assertEquals("example.org", load("server-name: example.org\nsync:\n").serverName().value());
    }

    @Test
    void addressesForUsAloneAreDeniedUnlessAllowed() {
        OutboundConfig rules = ConfigLoader.load(null, Map.of()).outbound();
        Consumer<String> denied =
                text -> assertFalse(rules.permits(InetAddress.ofLiteral(text)), text);
        List.of("127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "::1")
                .forEach(denied);
        List.of("fe80::1", "fd12::1", "0.0.0.0", "224.0.0.1", "::ffff:10.0.0.1").forEach(denied);
        assertTrue(rules.permits(InetAddress.ofLiteral("9.9.9.9")));
        assertTrue(rules.permits(InetAddress.ofLiteral("2620:fe::fe")));
        OutboundConfig opened =
                new OutboundConfig(rules.deny(), List.of(AddressRange.parse("10.1.0.0/16")));
        assertTrue(opened.permits(InetAddress.ofLiteral("10.1.2.3")));
        assertFalse(opened.permits(InetAddress.ofLiteral("10.2.2.3")));
    }

    private HearthConfig load(String yaml) throws IOException {
        return ConfigLoader.load(write(yaml), Map.of());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("hearth.yaml"), yaml);
    }

    private static Mode mode(Map<String, String> environment) {
        return ConfigLoader.load(null, environment).registration().mode();
    }

    private static ConfigException refused(Path file, Map<String, String> environment) {
        return assertThrows(ConfigException.class, () -> ConfigLoader.load(file, environment));
    }

    private static String told(ConfigException refused) {
        return String.join("\n", refused.problems());
    }

    private static Listeners.Clients client(HearthConfig config) {
        return config.listeners().client();
    }

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }
}
