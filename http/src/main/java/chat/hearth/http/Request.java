package chat.hearth.http;

import chat.hearth.http.json.RecordJson;
import chat.hearth.http.limit.ByteBudget;
import chat.hearth.protocol.error.ErrCode;
import chat.hearth.protocol.error.MatrixException;
import chat.hearth.protocol.json.JsonException;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One request as its endpoint sees it. Belongs to the request's thread. What is malformed is
/// refused when it is asked for, by a [MatrixException] that names it.
public final class Request {
    private static final String NOT_A_COUNT = " must be a non-negative integer";

    private final ServerRequest http;
    private final Connection connection;
    private final Route route;
    private final List<String> segments;
    private final QueryString query;
    private final RequestBody body;
    private final RecordJson records;
    private final HttpSettings settings;
    private @Nullable Requester requester;
    private @Nullable ClientAddress address;

    Request(
            ServerRequest http,
            Connection connection,
            Route route,
            List<String> segments,
            RequestBody body,
            RecordJson records,
            HttpSettings settings) {
        this.http = http;
        this.connection = connection;
        this.route = route;
        this.segments = segments;
        this.query = new QueryString(http.prologue().query().rawValue());
        this.body = body;
        this.records = records;
        this.settings = settings;
    }

    void identify(Requester who) {
        requester = who;
    }

    /// The segment that the template's parameter `name` stands for, decoded; may be empty.
    ///
    /// @throws IllegalArgumentException when the route has no such parameter
    public String path(String name) {
        return segments.get(route.template().indexOf(name));
    }

    /// The parameter `name` of the path as `parser` reads it: `path("roomId", RoomId::parse)`.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when the parser answers empty
    public <T> T path(String name, Function<String, Optional<T>> parser) {
        return parser.apply(path(name)).orElseThrow(() -> invalid(name, " is not valid"));
    }

    /// The first query parameter `name`, decoded.
    ///
    /// @throws MatrixException 400 when the query has a malformed escape
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.first(name));
    }

    /// The first query parameter `name`, decoded; absent when it is empty, as clients also send a
    /// token or a filter that they have not got.
    ///
    /// @throws MatrixException 400 when the query has a malformed escape
    public Optional<String> queryText(String name) {
        return query(name).filter(text -> !text.isEmpty());
    }

    /// The first query parameter `name` as `parser` reads it.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when the parser answers empty
    public <T> Optional<T> query(String name, Function<String, Optional<T>> parser) {
        String text = query.first(name);
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> value = parser.apply(text);
        if (value.isEmpty()) {
            throw invalid(name, " is not valid");
        }
        return value;
    }

    /// All query parameters `name` in order, decoded.
    ///
    /// @throws MatrixException 400 when the query has a malformed escape
    public List<String> queryAll(String name) {
        return query.all(name);
    }

    /// The query parameter `name` as a count or a time: digits only. Upper bounds are the
    /// endpoint's.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when it is anything else
    public OptionalLong queryCount(String name) {
        String text = query.first(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (text.isEmpty() || text.length() > 18) {
            throw invalid(name, NOT_A_COUNT);
        }
        long count = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw invalid(name, NOT_A_COUNT);
            }
            count = count * 10 + digit;
        }
        return OptionalLong.of(count);
    }

    /// The query parameter `name` as a truth value; false when absent.
    ///
    /// @throws MatrixException 400 `M_INVALID_PARAM` when it is neither `true` nor `false`
    public boolean queryFlag(String name) {
        String text = query.first(name);
        return switch (text) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, " must be true or false");
        };
    }

    /// The first header `name`.
    public Optional<String> header(String name) {
        return http.headers().first(HeaderNames.create(name));
    }

    /// The body as bytes; may be read once, in one of the forms.
    ///
    /// @throws MatrixException 413 when it is larger than the route allows, 415 for a content
    ///   encoding or multipart
    public byte[] bytes() {
        return body.read(http.headers(), route.bodyBytesMax());
    }

    /// The body as a JSON object.
    ///
    /// @throws MatrixException 400 `M_NOT_JSON` when it is no JSON at all (as is an empty one), 400
    ///   `M_BAD_JSON` when it is something that two readers could understand differently, or
    ///   another kind of value
    public JsonObject json() {
        return parse(bytes());
    }

    /// The body as a JSON object, where clients also send none: an empty body is `{}`.
    ///
    /// @throws MatrixException as [#json] does
    public JsonObject jsonOrEmpty() {
        byte[] bytes = bytes();
        return bytes.length == 0 ? JsonObject.EMPTY : parse(bytes);
    }

    /// The body as a record; see [#bind].
    ///
    /// @throws MatrixException as [#json] and [#bind] do
    public <T extends Record> T body(Class<T> type) {
        return bind(json(), type);
    }

    /// The body as a record, where clients also send none.
    ///
    /// @throws MatrixException as [#json] and [#bind] do
    public <T extends Record> T bodyOrEmpty(Class<T> type) {
        return bind(jsonOrEmpty(), type);
    }

    /// An object as a record, for endpoints that need both: member `display_name` becomes component
    /// `displayName`; what is absent or `null` becomes null, unknown members are ignored, nothing
    /// is coerced.
    ///
    /// @throws MatrixException 400 `M_BAD_JSON` naming the member that has a wrong type
    public <T extends Record> T bind(JsonObject object, Class<T> type) {
        return records.read(object, type);
    }

    /// Who makes the request.
    ///
    /// @throws IllegalStateException when the route lets anybody in and nobody is known
    public Requester requester() {
        Requester known = requester;
        if (known == null) {
            throw new IllegalStateException("Nobody is authenticated: " + operation());
        }
        return known;
    }

    /// Who makes the request, where an access token said so.
    public Optional<Requester> knownRequester() {
        return Optional.ofNullable(requester);
    }

    /// The IP address that the request comes from, in text form: to show it. Limits are counted by
    /// [#clientNetwork].
    public String clientAddress() {
        return address().text();
    }

    /// What limits by address are counted by: the IPv4 address that the request comes from, or the
    /// first 64 bits of the IPv6 one.
    public String clientNetwork() {
        return address().network();
    }

    private ClientAddress address() {
        ClientAddress known = address;
        if (known == null) {
            known =
                    settings.trustedProxies()
                            .clientAddress(
                                    connection.peer().ip(),
                                    http.headers().all(HeaderNames.X_FORWARDED_FOR, List::of));
            address = known;
        }
        return known;
    }

    /// What the request holds of the memory that all requests have together. Endpoints whose route
    /// has an answer limit of 0 take from it before they begin to make an answer, and give it back
    /// when they wait again; what is held at the end is given back once the answer is sent.
    public ByteBudget.Lease lease() {
        return connection.lease();
    }

    /// Whether the client still holds its connection open, so that work which only this client
    /// waits for is worth going on with. Costs one look at the socket and never waits; to be asked
    /// now and then during long work, by the request's own thread or while that waits. A client
    /// that has ended its side of the connection counts as gone, even if it would still read.
    public boolean clientConnected() {
        return connection.peerConnected();
    }

    /// The operation's name, see [Route#operation].
    public String operation() {
        return route.operation();
    }

    Route route() {
        return route;
    }

    @Nullable String authorization() {
        return http.headers().first(HeaderNames.AUTHORIZATION).orElse(null);
    }

    private static JsonObject parse(byte[] bytes) {
        try {
            return JsonReader.readObject(bytes);
        } catch (JsonException refused) {
            ErrCode code =
                    switch (refused.fault()) {
                        case NOT_JSON -> ErrCode.M_NOT_JSON;
                        case BAD_JSON -> ErrCode.M_BAD_JSON;
                    };
            throw new MatrixException(code, 400, String.valueOf(refused.getMessage()));
        }
    }

    private static MatrixException invalid(String name, String problem) {
        return MatrixException.invalidParam(name + problem);
    }
}
