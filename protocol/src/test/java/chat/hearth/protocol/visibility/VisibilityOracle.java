package chat.hearth.protocol.visibility;

import java.util.List;

/// The rules of history visibility, taken a second time from their text and on plain words: steps
/// are `message`, `visibility X` and `member X`, all about one user.
final class VisibilityOracle {
    private VisibilityOracle() {}

    static boolean maySee(List<String> steps, int event) {
        String step = steps.get(event);
        String visibility = last(steps, event, "visibility ", "shared");
        String membership = last(steps, event, "member ", "leave");
        boolean laterJoin = false;
        for (int i = event + 1; i < steps.size(); i++) {
            laterJoin |= steps.get(i).equals("member join");
        }
        boolean allowed = rules(visibility, membership, laterJoin);
        if (step.startsWith("visibility ")) {
            allowed |= rules(step.replace("visibility ", ""), membership, laterJoin);
        }
        if (step.startsWith("member ")) {
            allowed |= rules(visibility, step.replace("member ", ""), laterJoin);
        }
        return allowed;
    }

    private static boolean rules(String visibility, String membership, boolean laterJoin) {
        if (visibility.equals("world_readable")) {
            return true;
        }
        if (membership.equals("join")) {
            return true;
        }
        if (visibility.equals("shared") && laterJoin) {
            return true;
        }
        return membership.equals("invite") && visibility.equals("invited");
    }

    private static String last(List<String> steps, int before, String kind, String otherwise) {
        String found = otherwise;
        for (String step : steps.subList(0, before)) {
            if (step.startsWith(kind)) {
                found = step.replace(kind, "");
            }
        }
        return found;
    }
}
