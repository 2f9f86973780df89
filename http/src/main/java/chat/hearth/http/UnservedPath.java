package chat.hearth.http;

import java.util.regex.Pattern;

/// What the log says of a path that nothing serves, so that an operator sees what clients miss: the
/// words of it, without whatever may be an id, a token or a name of somebody's.
final class UnservedPath {
    private static final int SEGMENTS_MAX = 10;
    private static final int LENGTH_MAX = 100;
    private static final String LEFT_OUT = "*";
    private static final String CUT = "...";

    /// A segment as specifications name them: `v3`, `room_keys`, `org.matrix.msc3575`. Ids have
    /// other characters or more of them, or many digits.
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_.-]{0,30}[a-z0-9]{0,6}");

    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,16}");

    private UnservedPath() {}

    /// Method and path without what may be secret, of at most about 150 characters of which none
    /// ends a field of the log.
    static String forLog(String method, String rawPath) {
        return (METHOD.matcher(method).matches() ? method : LEFT_OUT) + " " + cut(rawPath);
    }

    private static String cut(String rawPath) {
        String[] segments = rawPath.split("/", SEGMENTS_MAX + 1);
        var text = new StringBuilder();
        for (int i = 0; i < segments.length; i++) {
            if (i == SEGMENTS_MAX || text.length() + segments[i].length() > LENGTH_MAX) {
                return text.append(CUT).toString();
            }
            text.append(i == 0 ? "" : "/").append(shown(segments[i]));
        }
        return text.toString();
    }

    private static String shown(String segment) {
        return segment.isEmpty() || segment.equals("_matrix") || WORD.matcher(segment).matches()
                ? segment
                : LEFT_OUT;
    }
}
