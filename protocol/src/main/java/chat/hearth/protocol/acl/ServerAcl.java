package chat.hearth.protocol.acl;

import chat.hearth.protocol.id.ServerName;
import chat.hearth.protocol.json.JsonArray;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonString;
import chat.hearth.protocol.json.JsonValue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A room's `m.room.server_acl`, compiled once when the state changes and then asked for every
/// request. Safe for use by several threads.
///
/// An event's size bounds the number of patterns, yet there may be ten thousand globs; so a list
/// with globs keeps its verdict on a host for when that host asks again.
///
/// A list that is not a list is empty, and elements that are not strings are passed over; so an
/// unreadable `allow` lets nobody in. Names are compared without port and trailing dot, and without
/// regard to case.
///
/// See [m.room.server_acl](https://spec.matrix.org/v1.19/client-server-api/#mroomserver_acl).
public final class ServerAcl {
    /// Verdicts kept per room. Beyond that all are forgotten and found anew.
    private static final int VERDICTS_MAX = 1_024;

    /// The rule of rooms without an access list: everybody may take part.
    public static final ServerAcl OPEN = new ServerAcl(true, HostPatterns.ALL, HostPatterns.NONE);

    private final boolean allowIpLiterals;
    private final HostPatterns allow;
    private final HostPatterns deny;
    private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();

    private ServerAcl(boolean allowIpLiterals, HostPatterns allow, HostPatterns deny) {
        this.allowIpLiterals = allowIpLiterals;
        this.allow = allow;
        this.deny = deny;
    }

    /// The access list that `content` of the room's current `m.room.server_acl` states.
    public static ServerAcl of(JsonObject content) {
        return new ServerAcl(
                content.bool("allow_ip_literals").orElse(true),
                patterns(content.value("allow")),
                patterns(content.value("deny")));
    }

    private static HostPatterns patterns(@Nullable JsonValue list) {
        if (!(list instanceof JsonArray array)) {
            return HostPatterns.NONE;
        }
        return HostPatterns.of(
                array.values().stream()
                        .filter(JsonString.class::isInstance)
                        .map(value -> ((JsonString) value).value())
                        .toList());
    }

    /// Whether `server` may take part in the room.
    public boolean allows(ServerName server) {
        String host = withoutTrailingDot(server.normalisedHost());
        if (!allow.hasGlobs() && !deny.hasGlobs()) {
            return decide(host);
        }
        Boolean known = verdicts.get(host);
        if (known != null) {
            return known;
        }
        boolean allowed = decide(host);
        if (verdicts.size() >= VERDICTS_MAX) {
            verdicts.clear();
        }
        verdicts.put(host, allowed);
        return allowed;
    }

    private boolean decide(String host) {
        if (!allowIpLiterals && isIpLiteral(host)) {
            return false;
        }
        return !deny.match(host) && allow.match(host);
    }

    /// A name with the root's dot is the same host, so it must not slip through a list.
    private static String withoutTrailingDot(String host) {
        int end = host.length();
        while (end > 1 && host.charAt(end - 1) == '.') {
            end--;
        }
        return host.substring(0, end);
    }

    /// Whether `host` is an address: in brackets, or only digits and dots, as no domain name is.
    private static boolean isIpLiteral(String host) {
        return host.startsWith("[") || host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
