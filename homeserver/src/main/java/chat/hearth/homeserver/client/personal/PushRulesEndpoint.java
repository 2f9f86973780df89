package chat.hearth.homeserver.client.personal;

import chat.hearth.http.Request;
import chat.hearth.http.Requester;
import chat.hearth.http.Response;
import chat.hearth.http.Route;
import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.push.RuleKind;
import chat.hearth.protocol.push.UserPushRules;
import chat.hearth.rooms.accountdata.StoredPushRules;
import java.util.List;

/// The nine operations under `/_matrix/client/v3/pushrules/`: `GET` of all rules and of those of
/// the one scope `global`; `GET`, `PUT` and `DELETE` of a rule; `GET` and `PUT` of its `enabled`
/// and `actions`.
///
/// See [Push rules](https://spec.matrix.org/v1.19/client-server-api/#push-rules-api).
final class PushRulesEndpoint {
    private static final String ALL = Own.V3 + "/pushrules/";
    private static final String SCOPE = ALL + "{scope}/";
    private static final String RULE = SCOPE + "{kind}/{ruleId}";
    private static final String ENABLED = RULE + "/enabled";
    private static final String ACTIONS = RULE + "/actions";

    private final StoredPushRules rules;

    PushRulesEndpoint(StoredPushRules rules) {
        this.rules = rules;
    }

    List<Route> routes() {
        return List.of(
                Route.get(ALL, this::all),
                Route.get(SCOPE, this::global),
                Route.get(RULE, this::rule),
                Route.put(RULE, this::putRule),
                Route.delete(RULE, this::deleteRule),
                Route.get(ENABLED, this::enabled),
                Route.put(ENABLED, this::putEnabled),
                Route.get(ACTIONS, this::actions),
                Route.put(ACTIONS, this::putActions));
    }

    private Response all(Request request) {
        return Response.json(own(request).rulesets(owner(request)));
    }

    private Response global(Request request) {
        RuleKind.requireScope(request.path("scope"));
        return Response.json(own(request).global(owner(request)));
    }

    private Response rule(Request request) {
        return Response.json(own(request).rule(kind(request), id(request), owner(request)));
    }

    private Response putRule(Request request) {
        RuleKind.checkScope(request.path("scope"));
        RuleKind kind = RuleKind.parse(request.path("kind"));
        JsonObject body = request.json();
        String before = request.query("before").orElse(null);
        String after = request.query("after").orElse(null);
        rules.change(user(request), own -> own.put(kind, id(request), body, before, after));
        return Response.empty();
    }

    private Response deleteRule(Request request) {
        RuleKind kind = kind(request);
        rules.change(user(request), own -> own.delete(kind, id(request)));
        return Response.empty();
    }

    private Response enabled(Request request) {
        return Response.json(own(request).enabled(kind(request), id(request)));
    }

    private Response putEnabled(Request request) {
        RuleKind kind = kind(request);
        JsonObject body = request.json();
        rules.change(user(request), own -> own.setEnabled(kind, id(request), body));
        return Response.empty();
    }

    private Response actions(Request request) {
        return Response.json(own(request).actions(kind(request), id(request)));
    }

    private Response putActions(Request request) {
        RuleKind kind = kind(request);
        JsonObject body = request.json();
        rules.change(user(request), own -> own.setActions(kind, id(request), body));
        return Response.empty();
    }

    private UserPushRules own(Request request) {
        return rules.of(user(request));
    }

    private static int user(Request request) {
        Requester requester = request.requester();
        return requester.user();
    }

    private static String owner(Request request) {
        return request.requester().userId().value();
    }

    private static RuleKind kind(Request request) {
        return RuleKind.existing(request.path("scope"), request.path("kind"));
    }

    private static String id(Request request) {
        return request.path("ruleId");
    }
}
